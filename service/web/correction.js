/** The form that corrects a quote: who said it, and which outlet the article credits. */
import { element } from "./dom.js";
import { basisOf, outletMention, placeOf, slug, speakerMention } from "./naming.js";
import { ROLES } from "./note.js";
import { unwithheld } from "./standing.js";

const TYPES = ["person", "group", "organization", "document", "unknown"];
const BASES = { sentence: "in the quote’s own sentence", context: "in another sentence" };
const SURE = 1; // a person said so

/**
 * `article` is {text, people, outlets}: the answer's speakers, and the registry's outlets by name. `onSave` is given
 * the decision, `onCancel` nothing.
 */
export class CorrectionForm {
  #quote;
  #article;
  #fields;

  constructor(quote, article, { onSave, onCancel }) {
    this.#quote = quote;
    this.#article = article;
    const { speaker, outlet } = unwithheld(quote);
    this.#fields = {
      name: input(speaker?.name, { list: "people", placeholder: "a reader cannot tell" }),
      type: select(TYPES.map((type) => [type, type]), speaker?.type ?? "person"),
      mention: input(speaker?.mention?.text, { placeholder: "no words near the quote" }),
      outlet: input(outlet?.name, { list: "registry", placeholder: "none is credited" }),
      credit: input(outlet?.mention?.text, { placeholder: "no words of the article" }),
      role: select(Object.entries(ROLES), outlet?.role ?? "reported"),
      basis: select(Object.entries(BASES), outlet?.basis ?? "sentence"),
    };
    this.#fields.name.addEventListener("change", () => this.#nameChanged());
    this.#fields.outlet.addEventListener("change", () => this.#outletChanged());
    this.#fields.credit.addEventListener("change", () => this.#creditChanged());
    this.form = this.#layout(onCancel);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#wordsStandThere()) onSave(this.#decision());
    });
    this.#showCredit();
  }

  focus() {
    this.#fields.name.focus();
    this.#fields.name.select();
    this.form.scrollIntoView({ block: "nearest" });
  }

  #layout(onCancel) {
    const { name, type, mention, outlet, credit, role, basis } = this.#fields;
    const cancel = element("button", { type: "button" }, "Cancel");
    cancel.addEventListener("click", onCancel);
    return element(
      "form",
      { class: "correction", novalidate: true, autocomplete: "off" },
      labelled("Speaker", name),
      labelled("Kind of speaker", type),
      labelled("Named here by the words", mention),
      labelled("Outlet", outlet),
      labelled("Credited by the words", credit),
      labelled("Which stand", basis),
      labelled("The quote was", role),
      element("div", { class: "choices" }, element("button", { type: "submit", class: "primary" }, "Save"), cancel),
    );
  }

  #nameChanged() {
    const name = this.#fields.name.value.trim();
    const known = this.#article.people.find((person) => person.name === name);
    if (known) this.#fields.type.value = known.type;
    this.#fields.mention.value = (name && speakerMention(this.#article.text, this.#quote, name)?.text) || "";
    this.#wordsStandThere();
  }

  #outletChanged() {
    const name = this.#fields.outlet.value.trim();
    const names = this.#article.outlets.get(name)?.names;
    this.#fields.credit.value = (name && outletMention(this.#article.text, this.#quote, name, names)?.text) || "";
    this.#showCredit();
    this.#creditChanged();
  }

  #creditChanged() {
    if (!this.#wordsStandThere()) return;
    const { credit, basis } = this.#fields;
    basis.value = basisOf(this.#article.text, this.#quote, this.#place(credit));
  }

  /** Only an outlet has words that credit it. */
  #showCredit() {
    const isCredited = this.#fields.outlet.value.trim() !== "";
    const { credit, role, basis } = this.#fields;
    for (const field of [credit, role, basis]) field.closest("label").hidden = !isCredited;
  }

  /** Whether the words that were put in stand in the article; says so at those that do not. */
  #wordsStandThere() {
    const faults = [this.#fields.mention, this.#fields.credit].filter((field) => {
      const isThere = !field.value.trim() || this.#place(field) !== null;
      field.setCustomValidity(isThere ? "" : "These words do not stand in the article outside of the quote.");
      field.setAttribute("aria-invalid", String(!isThere));
      return !isThere;
    });
    faults[0]?.reportValidity();
    return faults.length === 0;
  }

  #place(field) {
    const { speaker, outlet } = unwithheld(this.#quote);
    const before = field === this.#fields.mention ? speaker?.mention : outlet?.mention;
    return placeOf(this.#article.text, this.#quote, field.value.trim(), before);
  }

  #decision() {
    return { verdict: "corrected", kind: "speech", speaker: this.#speaker(), outlet: this.#outlet() };
  }

  #speaker() {
    const name = this.#fields.name.value.trim();
    if (!name) return null;
    const { speaker } = unwithheld(this.#quote);
    const stays = speaker?.name === name ? speaker : { named_at: null, title: null };
    return { ...stays, name, type: this.#fields.type.value, mention: this.#place(this.#fields.mention), confidence: SURE };
  }

  #outlet() {
    const name = this.#fields.outlet.value.trim();
    if (!name) return null;
    const { outlet } = unwithheld(this.#quote);
    const known = outlet?.name === name ? outlet : this.#article.outlets.get(name);
    const { id, wikidata } = known ?? { id: slug(name), wikidata: null };
    const { credit, role, basis } = this.#fields;
    return { id, name, wikidata, mention: this.#place(credit), basis: basis.value, role: role.value, confidence: SURE };
  }
}

function input(value, attributes = {}) {
  const field = element("input", { autocomplete: "off", spellcheck: "false", maxlength: 300, ...attributes });
  field.value = value ?? "";
  return field;
}

/** `options` are [value, label]. */
function select(options, chosen) {
  const field = element("select", {}, ...options.map(([value, label]) => element("option", { value }, label)));
  field.value = chosen;
  return field;
}

function labelled(label, field) {
  return element("label", {}, element("span", {}, label), field);
}
