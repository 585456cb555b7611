/** The article as it is shown: its quotes highlighted, and a note beside each. */
import { element } from "./dom.js";
import { paragraphs } from "./pieces.js";
import { voiceOf } from "./voices.js";

const OUTLET_PHRASES = {
  reported: "reported by",
  told: "told",
  aired: "aired by",
  wrote: "written in",
  own: "in the words of",
};
const HEADLINE_LENGTH = 120;

export class ArticleView {
  #container;
  #parts = new Map(); // id of a quote -> {quote, pieces, speaker, outlet, note}: the elements that belong to it
  #paragraphs = []; // {row, quotes}
  #pointed = null;
  #pinned = null;

  constructor(container) {
    this.#container = container;
    const quoteAt = (event) => event.target.closest("[data-quote]")?.dataset.quote ?? null;
    container.addEventListener("pointerover", (event) => this.#point(quoteAt(event)));
    container.addEventListener("pointerleave", () => this.#point(null));
    container.addEventListener("focusin", (event) => this.#point(quoteAt(event)));
    container.addEventListener("focusout", () => this.#point(null));
    container.addEventListener("click", (event) => this.#pin(quoteAt(event)));
    container.addEventListener("keydown", (event) => this.#key(event));
  }

  show(text, quotes, known) {
    this.#parts = new Map(quotes.map((quote) => [quote.id, { quote, pieces: [], speaker: [], outlet: [], note: null }]));
    this.#paragraphs = [];
    this.#pointed = this.#pinned = null;
    const rows = paragraphs(text, quotes)
      .filter(({ pieces }) => pieces.some((piece) => piece.text.trim()))
      .map((paragraph, number) => this.#row(paragraph, known, number === 0));
    this.#container.replaceChildren(...rows);
  }

  /** Highlights the quotes whose id is in `ids`, and no others. */
  filter(ids) {
    for (const [id, { pieces, note }] of this.#parts) {
      const isOut = !ids.has(id);
      note?.classList.toggle("out", isOut);
      for (const piece of pieces) {
        if (piece.dataset.quote === id) piece.classList.toggle("out", isOut);
      }
    }
    for (const { row, quotes } of this.#paragraphs) {
      row.classList.toggle("out", ids.size < this.#parts.size && !quotes.some((id) => ids.has(id)));
    }
    this.letGo();
  }

  letGo() {
    this.#pin(null);
    this.#point(null);
  }

  #row({ pieces, begin }, known, isFirst) {
    const length = pieces.reduce((sum, { text }) => sum + text.length, 0);
    const isHeadline = isFirst && !begin.length && length <= HEADLINE_LENGTH && !/[.!?]\s*$/.test(pieces.at(-1).text);
    const begun = new Set(begin);
    const words = element("p", { class: isHeadline ? "headline" : null });
    words.append(...pieces.map((piece) => this.#piece(piece, known, begun)));
    const notes = begin.map((id) => this.#note(this.#parts.get(id), known));
    const row = element(
      "div",
      { class: "paragraph" },
      words,
      notes.length ? element("ul", { class: "notes", "aria-label": "Quotes of this paragraph" }, ...notes) : null,
    );
    this.#paragraphs.push({ row, quotes: [...new Set(pieces.flatMap((piece) => piece.quotes))] });
    return row;
  }

  #piece({ text, quotes, speakerOf, outletOf }, known, begun) {
    if (!quotes.length && !speakerOf.length && !outletOf.length) return text;
    const id = quotes.at(-1); // the innermost
    const shown = element("span", { "data-quote": id }, text);
    if (id) {
      const part = this.#parts.get(id);
      const voice = voiceOf(part.quote, known);
      shown.className = `quote ${voice.look}`;
      shown.style.setProperty("--sure", part.quote.speaker?.confidence ?? 0);
      if (begun.delete(id)) shown.dataset.letter = voice.letter;
    }
    for (const quote of quotes) this.#parts.get(quote).pieces.push(shown);
    for (const quote of speakerOf) this.#parts.get(quote).speaker.push(shown);
    for (const quote of outletOf) this.#parts.get(quote).outlet.push(shown);
    return shown;
  }

  #note(part, known) {
    const { quote } = part;
    const voice = voiceOf(quote, known);
    part.note = element(
      "button",
      { type: "button", class: `note ${voice.look}`, "data-quote": quote.id, "aria-pressed": "false" },
      element("span", { class: "badge", "aria-hidden": "true" }, voice.letter),
      ...noteLines(quote),
      element("span", { class: "visually-hidden" }, `“${quote.text}”`),
    );
    return element("li", {}, part.note);
  }

  #point(id) {
    if (id === this.#pointed) return;
    this.#mark(this.#pointed ?? this.#pinned, false);
    this.#pointed = id;
    this.#mark(id ?? this.#pinned, true);
  }

  #pin(id) {
    this.#mark(this.#pointed ?? this.#pinned, false);
    this.#parts.get(this.#pinned)?.note?.setAttribute("aria-pressed", "false");
    this.#pinned = id === this.#pinned ? null : id;
    this.#parts.get(this.#pinned)?.note?.setAttribute("aria-pressed", "true");
    this.#mark(this.#pointed ?? this.#pinned, true);
  }

  #mark(id, on) {
    const part = this.#parts.get(id);
    if (!part) return;
    for (const piece of [...part.pieces, part.note]) piece?.classList.toggle("pointed", on);
    for (const piece of part.speaker) piece.classList.toggle("mention", on);
    for (const piece of part.outlet) piece.classList.toggle("outlet-mention", on);
  }

  #key(event) {
    if (event.key === "Escape") {
      this.letGo();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const notes = [...this.#container.querySelectorAll(".note:not(.out)")];
      const here = notes.indexOf(document.activeElement);
      const next = notes[here + (event.key === "ArrowDown" ? 1 : -1)];
      if (here >= 0 && next) {
        event.preventDefault();
        next.focus();
      }
    }
  }
}

function noteLines(quote) {
  if (quote.kind === "nonspeech") return [line("who", "Nobody’s speech", quote.confidence)];
  const { speaker, outlet } = quote;
  const lines = [
    speaker ? line("who", speaker.name, speaker.confidence) : element("span", { class: "who none" }, "No speaker found"),
  ];
  if (outlet) {
    const origin = outlet.basis === "context" ? " · context" : "";
    lines.push(line("via", `${OUTLET_PHRASES[outlet.role]} ${outlet.name}${origin}`, outlet.confidence));
  }
  return lines;
}

/** A line of a note with its confidence, as a figure and as a bar. */
function line(className, words, confidence) {
  const bar = element("span", { class: "bar", "aria-hidden": "true" });
  bar.style.setProperty("--sure", confidence);
  return element(
    "span",
    { class: className },
    element("span", { class: "words" }, words),
    element("span", { class: "visually-hidden" }, ", confidence "),
    element("span", { class: "sure" }, confidence.toFixed(2)),
    bar,
  );
}
