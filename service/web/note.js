/** The note beside a quote: who and through whom, and when it is open, why, and what an editor may do about it. */
import { element } from "./dom.js";
import { outletsOf } from "./standing.js";

export const ROLES = {
  reported: "reported by",
  told: "told",
  aired: "aired by",
  wrote: "written in",
  own: "in the words of",
};
const REVIEWS = { accepted: "Accepted", corrected: "Corrected" };
const EXCERPT = 40; // characters

/**
 * `actions` are functions of a quote: accept, correct, notSpeech and retract; goTo of the id of another quote; and
 * reveal of an id and a mark: see ArticleView.
 */
export class Note {
  #quote;
  #quotes;
  #actions;
  #why;

  constructor(quote, quotes, voice, actions) {
    this.#quote = quote;
    this.#quotes = quotes;
    this.#actions = actions;
    const id = `why-${quote.id}`;
    this.button = element(
      "button",
      { type: "button", class: `note ${voice.look}`, "data-quote": quote.id, "aria-expanded": "false", "aria-controls": id },
      element("span", { class: "badge", "aria-hidden": "true" }, voice.letter),
      ...headLines(quote),
      element("span", { class: "visually-hidden" }, `“${quote.text}”`),
    );
    this.#why = element("div", { class: "why", id, hidden: true });
    this.item = element("li", { class: `note-item ${voice.look}`, "data-quote": quote.id }, this.button, this.#why);
  }

  open() {
    this.#why.replaceChildren(this.#reasons(), this.#choices());
    this.#toggle(true);
  }

  close() {
    this.#toggle(false);
    this.#why.replaceChildren();
  }

  /** Puts something else in the place of the reasons: the form that corrects them. */
  replace(form) {
    this.#why.replaceChildren(form);
  }

  #toggle(isOpen) {
    this.#why.hidden = !isOpen;
    this.button.setAttribute("aria-expanded", String(isOpen));
    this.item.classList.toggle("open", isOpen);
  }

  #reasons() {
    const facts = [...this.#speaker(), ...this.#outlet(), ...this.#rest()];
    return element("dl", {}, ...facts.flatMap(([term, ...words]) => [element("dt", {}, term), element("dd", {}, ...words)]));
  }

  #speaker() {
    const { speaker, withheld } = this.#quote;
    if (!speaker) return withheld.speaker ? [["Hidden speaker", sureness(withheld.speaker)]] : [];
    const { mention } = speaker;
    const facts = [["Speaker named as", mention ? this.#place(mention, "speakerOf") : "not named near the quote"]];
    if (speaker.named_at) facts.push(["Full name", this.#place(speaker.named_at, "nameOf")]);
    if (speaker.title) facts.push(["Title", speaker.title]);
    if (speaker.type !== "person") facts.push(["Speaker type", speaker.type]);
    return facts;
  }

  #outlet() {
    const { outlet, outlets_also: also, withheld } = this.#quote;
    const facts = outletsOf(withheld).map((hidden) => ["Hidden outlet", sureness(hidden)]);
    if (outlet) facts.push(["Outlet named as", this.#place(outlet.mention, "outletOf"), origin(outlet)]);
    if (also.length) facts.push(["Also credited", also.map(({ name }) => name).join(", ")]);
    if (outlet?.wikidata) facts.push(["Wikidata", wikidataLink(outlet)]);
    return facts;
  }

  #rest() {
    const { repeats, marked, kind, confidence } = this.#quote;
    const facts = [];
    const repeated = this.#quotes.find(({ id }) => id === repeats);
    if (repeated) facts.push(["Repeats", linkButton(`“${excerpt(repeated.text)}”`, () => this.#actions.goTo(repeats))]);
    if (marked === false) facts.push(["Quotation marks", "none: the layout shows that it is a quote"]);
    facts.push([kind === "speech" ? "Speech" : "Not speech", `confidence ${confidence.toFixed(2)}`]);
    return facts;
  }

  #place(mention, mark) {
    return linkButton(`“${excerpt(mention.text)}”`, () => this.#actions.reveal(this.#quote.id, mark));
  }

  #choices() {
    const { review, kind } = this.#quote;
    const choose = (label, action) => {
      const button = element("button", { type: "button" }, label);
      button.addEventListener("click", () => this.#actions[action](this.#quote));
      return button;
    };
    return element(
      "div",
      { class: "choices", role: "group", "aria-label": "Your decision" },
      review ? choose("Clear decision", "retract") : choose("Accept", "accept"),
      choose(kind === "speech" ? "Correct…" : "Mark as speech…", "correct"),
      kind === "speech" ? choose("Not speech", "notSpeech") : null,
    );
  }
}

function headLines(quote) {
  const isSpeech = quote.kind === "speech";
  const lines = isSpeech ? [speakerLine(quote), ...outletLines(quote)] : [line("who", "Not speech", quote, quote.review)];
  if (quote.review) lines.push(element("span", { class: "review" }, REVIEWS[quote.review]));
  return lines;
}

function speakerLine({ speaker, withheld, review }) {
  if (speaker) return line("who", speaker.name, speaker, review);
  return element("span", { class: "who none" }, withheld.speaker ? "Speaker hidden" : "No speaker found");
}

function outletLines({ outlet, withheld, review }) {
  if (withheld.outlet) return [element("span", { class: "via none" }, "Outlet hidden")];
  if (!outlet) return [];
  return [line("via", `${ROLES[outlet.role]} ${outlet.name}${origin(outlet)}`, outlet, review)];
}

/** What follows an outlet that another sentence than the quote's own credits. */
function origin({ basis }) {
  return basis === "context" ? " (in another sentence)" : "";
}

/** A line of a note with its confidence, as a figure and as a bar; what an editor has corrected has none. */
function line(className, words, { confidence }, review = null) {
  const named = element("span", { class: "words" }, words);
  if (review === "corrected") return element("span", { class: className }, named);
  const bar = element("span", { class: "bar", "aria-hidden": "true" });
  bar.style.setProperty("--sure", confidence);
  return element(
    "span",
    { class: className },
    named,
    element("span", { class: "visually-hidden" }, ", confidence "),
    element("span", { class: "sure" }, confidence.toFixed(2)),
    bar,
  );
}

function sureness({ name, confidence }) {
  return `${name}, confidence ${confidence.toFixed(2)}`;
}

function linkButton(words, onClick) {
  const button = element("button", { type: "button", class: "link" }, words);
  button.addEventListener("click", onClick);
  return button;
}

function wikidataLink({ name, wikidata }) {
  const href = `https://www.wikidata.org/wiki/${encodeURIComponent(wikidata)}`;
  const label = `${name} on Wikidata (opens in a new tab)`;
  return element("a", { href, rel: "noreferrer", target: "_blank", "aria-label": label }, wikidata);
}

export function excerpt(text, length = EXCERPT) {
  const characters = [...text.replace(/\s+/g, " ")];
  return characters.length <= length ? characters.join("") : `${characters.slice(0, length - 1).join("").trimEnd()}…`;
}
