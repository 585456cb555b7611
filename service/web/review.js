/** What to look at first: how much is decided, and the quotes that are not, the least certain first. */
import { leastCertainFirst } from "./certainty.js";
import { element } from "./dom.js";
import { excerpt } from "./note.js";
import { voiceOf } from "./voices.js";

const LISTED = 6;
const EXCERPT = 30; // characters

export class ReviewList {
  #container;
  #actions;
  #queue = [];

  /** `actions`: goTo a quote, acceptRest of a list of quotes, undo. */
  constructor(container, actions) {
    this.#container = container;
    this.#actions = actions;
  }

  show(quotes, known, canUndo) {
    this.#queue = leastCertainFirst(quotes);
    const done = quotes.length - this.#queue.length;
    this.#container.replaceChildren(
      element("h3", {}, "Review"),
      element("p", { class: "progress" }, `${done} of ${quotes.length} reviewed`, this.#meter(done, quotes.length)),
      ...(this.#queue.length ? this.#list(known) : [hint("Nothing left to review.")]),
      this.#choices(canUndo),
    );
  }

  /** The quote to look at next; null where none is left. */
  next() {
    return this.#queue[0]?.quote ?? null;
  }

  #list(known) {
    const list = element("ol", { "aria-label": "Least certain first" }, ...this.#items(known));
    const left = this.#queue.length - LISTED;
    return left > 0 ? [list, hint(`and ${left} more`)] : [list];
  }

  #items(known) {
    return this.#queue.slice(0, LISTED).map(({ quote, about, confidence }) => {
      const { letter, look } = voiceOf(quote, known);
      const button = element(
        "button",
        { type: "button", class: `voice ${look}` },
        element("span", { class: "badge", "aria-hidden": "true" }, letter),
        element("span", { class: "words" }, excerpt(quote.text, EXCERPT)),
        element("span", { class: "count" }, element("small", {}, `${about} `), confidence.toFixed(2)),
      );
      button.addEventListener("click", () => this.#actions.goTo(quote));
      return element("li", {}, button);
    });
  }

  #meter(done, all) {
    const bar = element("span", { class: "bar", "aria-hidden": "true" });
    bar.style.setProperty("--sure", all ? done / all : 0);
    return bar;
  }

  #choices(canUndo) {
    const accept = element("button", { type: "button", disabled: !this.#queue.length }, "Accept the rest");
    accept.addEventListener("click", () => this.#actions.acceptRest(this.#queue.map(({ quote }) => quote)));
    const undo = element("button", { type: "button", disabled: !canUndo }, "Undo");
    undo.addEventListener("click", () => this.#actions.undo());
    return element("div", { class: "choices" }, accept, undo);
  }
}

function hint(words) {
  return element("p", { class: "hint" }, words);
}
