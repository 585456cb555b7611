/** The side lists: by speaker and by outlet, with counts. One of each may be chosen. */
import { element } from "./dom.js";
import { outletsOf, speakersOf } from "./standing.js";
import { NOBODY } from "./voices.js";

const NONE = ""; // the key of quotes that have no speaker, or no outlet

const LISTS = {
  speaker: { title: "Speakers", none: "No speaker", partiesOf: speakersOf },
  outlet: { title: "Outlets", none: "No outlet", partiesOf: outletsOf },
};

export class Filters {
  #containers;
  #onChange;
  #quotes = [];
  #chosen = { speaker: null, outlet: null };

  /** `containers` are by kind, speaker and outlet; `onChange` gets the set of the ids of the quotes that match. */
  constructor(containers, onChange) {
    this.#containers = containers;
    this.#onChange = onChange;
  }

  /** Lists an answer's speakers and outlets; what was chosen stays so where it is still listed. */
  show(answer, known) {
    this.#quotes = answer.quotes;
    this.#keep("speaker", answer.speakers);
    this.#keep("outlet", answer.outlets);
    this.#list("speaker", answer.speakers, (speaker) => ({ ...known.get(speaker.id), about: speaker.type }));
    this.#list("outlet", answer.outlets, () => ({}));
    this.#apply();
  }

  /** Lets go of what is chosen. */
  clear() {
    this.#chosen = { speaker: null, outlet: null };
    this.#apply();
  }

  #keep(kind, parties) {
    const key = this.#chosen[kind];
    const isListed = parties.some(({ id }) => id === key) || (key === NONE && this.#without(kind).length > 0);
    if (!isListed) this.#chosen[kind] = null;
  }

  #without(kind) {
    return this.#quotes.filter((quote) => fits(quote, kind, NONE));
  }

  #list(kind, parties, looks) {
    const { title, none } = LISTS[kind];
    const entries = parties.map((party) => ({ key: party.id, name: party.name, count: party.quotes.length, ...looks(party) }));
    const without = this.#without(kind);
    if (without.length) entries.push({ key: NONE, name: nameOfNone(without, kind, none), count: without.length, ...NOBODY });
    const buttons = entries.map((entry) => element("li", {}, this.#button(kind, entry)));
    this.#containers[kind].replaceChildren(
      element("h3", {}, title),
      buttons.length ? element("ul", {}, ...buttons) : element("p", { class: "hint" }, "None."),
    );
  }

  #button(kind, { key, name, count, letter, look, about }) {
    const button = element(
      "button",
      { type: "button", class: `voice ${look ?? ""}`, "aria-pressed": "false", "data-key": key },
      kind === "speaker" ? element("span", { class: "badge", "aria-hidden": "true" }, letter) : null,
      element("span", { class: "words" }, name, about && about !== "person" && about !== "unknown" ? element("small", {}, ` ${about}`) : null),
      element("span", { class: "count" }, String(count), element("span", { class: "visually-hidden" }, count === 1 ? " quote" : " quotes")),
    );
    button.addEventListener("click", () => {
      this.#chosen[kind] = this.#chosen[kind] === key ? null : key;
      this.#apply();
    });
    return button;
  }

  #apply() {
    for (const [kind, container] of Object.entries(this.#containers)) {
      for (const button of container.querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String(button.dataset.key === this.#chosen[kind]));
      }
    }
    const { speaker, outlet } = this.#chosen;
    const isAll = speaker === null && outlet === null;
    const matches = this.#quotes.filter((quote) => isAll || (fits(quote, "speaker", speaker) && fits(quote, "outlet", outlet)));
    this.#onChange(new Set(matches.map(({ id }) => id)));
  }
}

/** Quotes whose name is withheld are not without one. */
function nameOfNone(quotes, kind, none) {
  const withheld = quotes.filter((quote) => quote.withheld[kind]).length;
  if (!withheld) return none;
  return withheld === quotes.length ? "Hidden" : `${none}, or hidden`;
}

function fits(quote, kind, key) {
  if (key === null) return true;
  const parties = LISTS[kind].partiesOf(quote);
  return quote.kind === "speech" && (key === NONE ? parties.length === 0 : parties.some(({ id }) => id === key));
}
