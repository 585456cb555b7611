/** The form that corrects a quote: who said it, and which outlet the article credits. */
import { element } from "./dom.js";
import { basisOf, outletMention, placeOf, slug, speakerMention } from "./naming.js";
import { ROLES } from "./note.js";

export const TYPES = ["person", "group", "organization", "document", "unknown"];
export const BASES = { sentence: "the quote’s own sentence", context: "another sentence" };
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
    const { speaker, outlet } = quote;
    this.#fields = {
      name: input(speaker?.name, { list: "people", placeholder: "unknown" }),
      type: select(TYPES.map((type) => [type, type]), speaker?.type ?? "person"),
      mention: input(speaker?.mention?.text, { placeholder: "not named near the quote" }),
      outlet: input(outlet?.name, { list: "registry", placeholder: "none credited" }),
      credit: input(outlet?.mention?.text, { placeholder: "words in the article" }),
      role: select(Object.entries(ROLES), outlet?.role ?? "reported"),
      basis: select(Object.entries(BASES), outlet?.basis ?? "sentence"),
    };
    this.#fields.name.addEventListener("change", () => this.#nameChanged());
    this.#fields.outlet.addEventListener("change", () => this.#outletChanged());
    this.#fields.credit.addEventListener("change", () => this.#creditChanged());
    this.form = this.#layout(onCancel);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#areWordsRight()) onSave(this.#decision());
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
      labelled("Speaker type", type),
      labelled("Speaker named as", mention),
      labelled("Outlet", outlet),
      labelled("Outlet named as", credit),
      labelled("Named in", basis),
      labelled("Outlet’s role", role),
      element("div", { class: "choices" }, element("button", { type: "submit", class: "primary" }, "Save"), cancel),
    );
  }

  #nameChanged() {
    const name = this.#fields.name.value.trim();
    const known = this.#article.people.find((person) => person.name === name);
    if (known) this.#fields.type.value = known.type;
    this.#fields.mention.value = (name && speakerMention(this.#article.text, this.#quote, name)?.text) || "";
    this.#areWordsRight();
  }

  #outletChanged() {
    const name = this.#fields.outlet.value.trim();
    const names = this.#article.outlets.get(name)?.names;
    this.#fields.credit.value = (name && outletMention(this.#article.text, this.#quote, name, names)?.text) || "";
    this.#showCredit();
    this.#creditChanged();
  }

  #creditChanged() {
    if (!this.#areWordsRight()) return;
    const { credit, basis } = this.#fields;
    basis.value = basisOf(this.#article.text, this.#quote, this.#place(credit));
  }

  /** Only an outlet has words that credit it. */
  #showCredit() {
    const { credit, role, basis } = this.#fields;
    for (const field of [credit, role, basis]) field.closest("label").hidden = !this.#isCredited;
  }

  get #isCredited() {
    return this.#fields.outlet.value.trim() !== "";
  }

  /** Whether the words that were put in stand in the article, an outlet's among them; says so at those that do not. */
  #areWordsRight() {
    const faulty = [this.#fields.mention, this.#fields.credit].filter((field) => {
      const fault = this.#fault(field);
      field.setCustomValidity(fault);
      field.setAttribute("aria-invalid", String(fault !== ""));
      return fault !== "";
    });
    faulty[0]?.reportValidity();
    return faulty.length === 0;
  }

  /** What is wrong with the words in a field; nothing where it is "". */
  #fault(field) {
    if (field.value.trim()) return this.#place(field) ? "" : "These words are not in the article outside the quote.";
    const isMissing = field === this.#fields.credit && this.#isCredited; // a speaker may be named nowhere near
    return isMissing ? "Enter the words in the article that name this outlet." : "";
  }

  #place(field) {
    const { speaker, outlet } = this.#quote;
    const before = field === this.#fields.mention ? speaker?.mention : outlet?.mention;
    return placeOf(this.#article.text, this.#quote, field.value.trim(), before);
  }

  #decision() {
    const outlet = this.#outlet();
    const isSame = outlet !== null && outlet.name === this.#quote.outlet?.name;
    const outlets_also = isSame ? this.#quote.outlets_also : [];
    return { verdict: "corrected", kind: "speech", speaker: this.#speaker(), outlet, outlets_also };
  }

  #speaker() {
    const name = this.#fields.name.value.trim();
    if (!name) return null;
    const { speaker } = this.#quote;
    const stays = speaker?.name === name ? speaker : { named_at: null, title: null };
    return { ...stays, name, type: this.#fields.type.value, mention: this.#place(this.#fields.mention), confidence: SURE };
  }

  #outlet() {
    const name = this.#fields.outlet.value.trim();
    if (!name) return null;
    const { outlet } = this.#quote;
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
