/** The desk: an answer, what an editor decides about it, and the views that show both. */
import { ArticleView } from "./article.js";
import { copy } from "./clipboard.js";
import { CorrectionForm } from "./correction.js";
import { NOT_SPEECH, Decisions, acceptanceOf } from "./decisions.js";
import { byId, counted, element } from "./dom.js";
import { download, fileName } from "./download.js";
import { Filters } from "./filters.js";
import { KeptCorrections } from "./kept.js";
import { markedPage } from "./marked.js";
import { ReviewList } from "./review.js";
import { registry } from "./service.js";
import { decided, shown, utterance } from "./standing.js";
import { Full, corrections, idOfText, keepCorrections } from "./store.js";
import { csv, tsv } from "./table.js";
import { voices } from "./voices.js";

export class Desk {
  #page; // {publisher, say, showProblem}
  #article = null; // {id, text, answer, decisions}
  #settings = null;
  #standing = null; // the answer with the decisions in it
  #shown = null; // and less what the settings leave out
  #matching = new Set(); // the ids of the quotes that the lists let through
  #isReviewing = false; // whether the next quote of the review follows a decision
  #outlets = new Map(); // the registry's, by name
  #view;
  #filters;
  #review;
  #kept;

  constructor(page) {
    this.#page = page;
    this.#view = new ArticleView(byId("article"), {
      accept: (quote) => this.#decide(quote, acceptanceOf),
      notSpeech: (quote) => this.#decide(quote, () => NOT_SPEECH),
      retract: (quote) => this.#decide(quote, () => null),
      correct: ({ id }) => this.#correct(this.#standingQuote(id)),
      goTo: (id) => this.#goTo(id),
      reveal: (id, mark) => this.#view.reveal(id, mark),
      leftReview: () => (this.#isReviewing = false),
    });
    this.#filters = new Filters({ speaker: byId("speakers"), outlet: byId("outlets") }, (ids) => this.#filter(ids));
    this.#review = new ReviewList(byId("review"), {
      goTo: (quote) => this.#startReview(quote),
      acceptRest: (quotes) => this.#acceptAll(quotes),
      undo: () => this.#undo(),
    });
    this.#kept = new KeptCorrections({ say: page.say, onRemoved: () => this.#startAnew() });
    this.#connect();
  }

  /** The text that the answer is to; null where there is none. */
  get text() {
    return this.#article?.text ?? null;
  }

  /** Shows an answer, with what was decided about this very text before. */
  show(text, answer, settings) {
    const id = idOfText(text);
    this.#article = { id, text, answer, decisions: new Decisions(corrections(id)?.decided) };
    this.#settings = settings;
    this.#filters.clear();
    byId("warnings").replaceChildren(...answer.warnings.map((warning) => element("li", {}, warning)));
    this.#showResult(true);
    this.#render();
    this.#readRegistry();
  }

  /** Shows the same answer under other settings. */
  choose(settings) {
    this.#settings = settings;
    if (this.#article) this.#render();
  }

  clear() {
    this.#article = null;
    this.#showResult(false);
  }

  #showResult(isShown) {
    byId("result").hidden = byId("skip-to-notes").hidden = !isShown;
  }

  /** Without the decisions, which have been removed. */
  #startAnew() {
    if (!this.#article) return;
    this.#article.decisions = new Decisions();
    this.#render();
  }

  #render() {
    const { text, answer, decisions } = this.#article;
    this.#standing = decided(answer, decisions);
    this.#shown = shown(this.#standing, this.#settings);
    const known = voices(this.#standing.speakers);
    this.#view.show(text, this.#shown.quotes, known);
    this.#filters.show(this.#shown, known);
    this.#review.show(this.#shown.quotes, known, decisions.canUndo);
    byId("people").replaceChildren(...this.#standing.speakers.map(({ name }) => element("option", { value: name })));
    byId("summary").textContent = this.#summary();
  }

  #summary() {
    const { quotes, speakers, outlets } = this.#shown;
    return [
      counted(quotes.filter((quote) => quote.kind === "speech").length, "quote"),
      counted(speakers.length, "speaker"),
      counted(outlets.length, "outlet"),
    ].join(" · ");
  }

  #filter(ids) {
    this.#matching = ids;
    const all = this.#shown?.quotes.length ?? 0;
    this.#view.filter(ids);
    const isAll = ids.size === all;
    const clear = element("button", { type: "button" }, "Show all");
    clear.addEventListener("click", () => this.#filters.clear());
    const words = `${ids.size} of ${all} shown.`;
    byId("shown").replaceChildren(...(isAll ? [] : [words, " ", clear]));
    if (!isAll) this.#page.say(words);
  }

  // Deciding

  /** Decides about the utterance that a quote belongs to; `decision` makes one of each of its quotes as it stands. */
  #decide({ id }, decision) {
    this.#take(utterance(this.#standing.quotes, this.#standingQuote(id)).map((one) => [one, decision(one)]));
    const next = this.#isReviewing ? this.#review.next() : null;
    if (next) {
      this.#goTo(next.id);
    } else {
      this.#view.open(null);
      this.#view.focus(id);
    }
  }

  /** A quote with its names, though the settings leave them out. */
  #standingQuote(id) {
    return this.#standing.quotes.find((quote) => quote.id === id);
  }

  #acceptAll(quotes) {
    const ids = new Set(quotes.map(({ id }) => id));
    this.#take(this.#standing.quotes.filter(({ id }) => ids.has(id)).map((quote) => [quote, acceptanceOf(quote)]));
    byId("review").querySelector("button:enabled")?.focus();
  }

  #undo() {
    if (!this.#article?.decisions.canUndo) return;
    this.#article.decisions.undo();
    this.#keep("Undone.");
  }

  #take(pairs) {
    this.#article.decisions.decide(pairs);
    this.#keep(pairs.length === 1 ? "Saved." : `Saved for ${pairs.length} quotes.`);
  }

  /** Keeps the decisions in the browser, and shows them. */
  #keep(words) {
    const { id, text, answer, decisions } = this.#article;
    try {
      keepCorrections({ id, text, publisher: this.#page.publisher(), model: answer.model, decided: decisions.toJSON() });
      this.#page.say(words);
    } catch (error) {
      if (!(error instanceof Full)) throw error;
      const advice = "New decisions are lost when you close the page. Export all, then remove them from this browser.";
      this.#page.showProblem({ title: "This browser’s storage is full", advice });
    }
    this.#render();
    this.#kept.show();
  }

  #startReview(quote) {
    this.#isReviewing = true;
    this.#goTo(quote.id);
  }

  /** Goes to a quote, though the lists have it filtered out. */
  #goTo(id) {
    if (!this.#matching.has(id)) this.#filters.clear();
    this.#view.goTo(id);
  }

  #correct(quote) {
    const article = { text: this.text, people: this.#standing.speakers, outlets: this.#outlets };
    const form = new CorrectionForm(quote, article, {
      onSave: (decision) => this.#decide(quote, () => decision),
      onCancel: () => this.#view.goTo(quote.id),
    });
    this.#view.replace(quote.id, form);
  }

  /** Asks for the registry, once; without it outlets are typed. */
  async #readRegistry() {
    if (this.#outlets.size) return;
    for (const outlet of await registry().catch(() => [])) this.#outlets.set(outlet.name, outlet);
    byId("registry").replaceChildren(...[...this.#outlets.keys()].map((name) => element("option", { value: name })));
  }

  // Taking it along

  #connect() {
    const save = (suffix, type, content) => download(`${fileName(this.text)}.${suffix}`, type, content);
    byId("download-csv").addEventListener("click", () => save("csv", "text/csv", csv(this.#shown)));
    byId("download-json").addEventListener("click", () => save("json", "application/json", this.#json()));
    const html = () => markedPage(this.text, this.#shown, this.#page.publisher());
    byId("download-html").addEventListener("click", () => save("html", "text/html", html()));
    byId("copy-table").addEventListener("click", (event) => this.#copy(event.currentTarget, tsv(this.#shown)));
    byId("copy-link").addEventListener("click", (event) => this.#copy(event.currentTarget, location.href));
    byId("skip-to-notes").addEventListener("click", (event) => {
      event.preventDefault();
      this.#view.focusFirst();
    });
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  #key(event) {
    if (event.key === "Escape") this.#view.letGo();
    const isUndo = event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (!isUndo || event.target.closest("input, textarea, select")) return; // fields have an undo of their own
    event.preventDefault();
    this.#undo();
  }

  /** The contract's JSON of what is shown, and of each quote its `review`. */
  #json() {
    const quotes = this.#shown.quotes.map(({ withheld, ...quote }) => quote);
    return JSON.stringify({ ...this.#shown, publisher: this.#page.publisher(), quotes }, null, 2);
  }

  async #copy(button, text) {
    const label = button.dataset.label ?? (button.dataset.label = button.textContent);
    const done = await copy(text);
    button.textContent = done ? "Copied" : "Not copied";
    this.#page.say(done ? "Copied." : "The browser did not allow copying.");
    setTimeout(() => (button.textContent = label), 2000);
  }
}
