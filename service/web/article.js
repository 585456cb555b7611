/** The article as it is shown: its quotes highlighted, and a note beside each. One quote at a time may be open. */
import { element } from "./dom.js";
import { Note } from "./note.js";
import { paragraphs } from "./pieces.js";
import { voiceOf } from "./voices.js";

const HEADLINE_LENGTH = 120;
const MARKS = { speakerOf: "mention", nameOf: "full-name", outletOf: "outlet-mention" };

export class ArticleView {
  #container;
  #actions; // what a note may ask for, by name; see Note
  #parts = new Map(); // id of a quote -> {quote, pieces, note, speakerOf, nameOf, outletOf}: the elements that belong to it
  #paragraphs = []; // {row, quotes}
  #pointed = null;
  #open = null;

  constructor(container, actions) {
    this.#container = container;
    this.#actions = actions;
    const quoteAt = (event) => event.target.closest("[data-quote]")?.dataset.quote ?? null;
    container.addEventListener("pointerover", (event) => this.#point(quoteAt(event)));
    container.addEventListener("pointerleave", () => this.#point(null));
    container.addEventListener("focusin", (event) => this.#point(quoteAt(event)));
    container.addEventListener("focusout", () => this.#point(null));
    container.addEventListener("click", (event) => this.#click(event, quoteAt(event)));
    container.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Shows a text and its quotes; the note that was open stays open where its quote is still there. */
  show(text, quotes, known) {
    const part = (quote) => {
      const note = new Note(quote, quotes, voiceOf(quote, known), this.#actions);
      return { quote, note, pieces: [], speakerOf: [], nameOf: [], outletOf: [] };
    };
    this.#parts = new Map(quotes.map((quote) => [quote.id, part(quote)]));
    this.#paragraphs = [];
    const open = this.#parts.has(this.#open) ? this.#open : null;
    this.#pointed = this.#open = null;
    const rows = paragraphs(text, quotes)
      .filter(({ pieces }) => pieces.some((piece) => piece.text.trim()))
      .map((paragraph, number) => this.#row(paragraph, known, number === 0));
    this.#container.replaceChildren(...rows);
    this.open(open);
  }

  /** Highlights the quotes whose id is in `ids`, and no others. */
  filter(ids) {
    for (const [id, { pieces, note }] of this.#parts) {
      const isOut = !ids.has(id);
      note.item.classList.toggle("out", isOut);
      for (const piece of pieces) {
        if (piece.dataset.quote === id) piece.classList.toggle("out", isOut);
      }
    }
    for (const { row, quotes } of this.#paragraphs) {
      row.classList.toggle("out", ids.size < this.#parts.size && !quotes.some((id) => ids.has(id)));
    }
    if (!ids.has(this.#open)) this.open(null);
  }

  /** Opens a quote's note and closes the one that was open; null closes only. */
  open(id) {
    this.#mark(this.#pointed ?? this.#open, false);
    this.#parts.get(this.#open)?.note.close();
    this.#open = id;
    this.#parts.get(id)?.note.open();
    this.#mark(this.#pointed ?? this.#open, true);
  }

  /** Opens a quote's note and goes there. */
  goTo(id) {
    this.open(id);
    this.focus(id);
    this.#parts.get(id)?.note.item.scrollIntoView({ block: "center" });
  }

  /** Puts a form in the place of what an open note says. */
  replace(id, form) {
    if (id !== this.#open) this.open(id);
    this.#parts.get(id)?.note.replace(form.form);
    form.focus();
  }

  focus(id) {
    this.#parts.get(id)?.note.button.focus();
  }

  /** The first note that is shown, for the link that skips to it. */
  focusFirst() {
    this.#notes()[0]?.focus();
  }

  /** Closes what is open, and leaves the focus on its note. */
  letGo() {
    const id = this.#open;
    this.open(null);
    this.#point(null);
    this.focus(id);
  }

  /** Goes to the words that `mark` (speakerOf, nameOf or outletOf) is about. */
  reveal(id, mark) {
    this.#parts.get(id)?.[mark][0]?.scrollIntoView({ block: "center" });
  }

  #row({ pieces, begin }, known, isFirst) {
    const length = pieces.reduce((sum, { text }) => sum + text.length, 0);
    const isHeadline = isFirst && !begin.length && length <= HEADLINE_LENGTH && !/[.!?]\s*$/.test(pieces.at(-1).text);
    const begun = new Set(begin);
    const words = element("p", { class: isHeadline ? "headline" : null });
    words.append(...pieces.map((piece) => this.#piece(piece, known, begun)));
    const notes = begin.map((id) => this.#parts.get(id).note.item);
    const row = element(
      "div",
      { class: "paragraph" },
      words,
      notes.length ? element("ul", { class: "notes", "aria-label": "Quotes in this paragraph" }, ...notes) : null,
    );
    this.#paragraphs.push({ row, quotes: [...new Set(pieces.flatMap((piece) => piece.quotes))] });
    return row;
  }

  #piece(piece, known, begun) {
    const { text, quotes } = piece;
    const marks = Object.keys(MARKS);
    if (!quotes.length && marks.every((mark) => !piece[mark].length)) return text;
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
    for (const mark of marks) {
      for (const quote of piece[mark]) this.#parts.get(quote)[mark].push(shown);
    }
    return shown;
  }

  #point(id) {
    if (id === this.#pointed) return;
    this.#mark(this.#pointed ?? this.#open, false);
    this.#pointed = id;
    this.#mark(id ?? this.#open, true);
  }

  #mark(id, on) {
    const part = this.#parts.get(id);
    if (!part) return;
    for (const shown of [...part.pieces, part.note.item]) shown.classList.toggle("pointed", on);
    for (const [mark, className] of Object.entries(MARKS)) {
      for (const shown of part[mark]) shown.classList.toggle(className, on);
    }
  }

  /** A click on a quote, or on the head of its note, opens it or closes it; what is in an open note is its own affair. */
  #click(event, id) {
    if (id === null || event.target.closest(".why")) return;
    const isClosing = id === this.#open;
    this.#actions.leftReview();
    this.open(isClosing ? null : id);
  }

  /** What keys do on the head of a note. */
  #key(event) {
    const note = event.target.closest(".note");
    if (!note || event.ctrlKey || event.metaKey || event.altKey) return;
    const { quote } = this.#parts.get(note.dataset.quote);
    const notes = this.#notes();
    const next = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (next) {
      const neighbour = notes[notes.indexOf(note) + next];
      if (!neighbour) return;
      neighbour.focus();
    } else if (event.key === "a") {
      this.#actions.accept(quote);
    } else if (event.key === "c") {
      this.#actions.correct(quote);
    } else {
      return;
    }
    event.preventDefault();
  }

  #notes() {
    return [...this.#container.querySelectorAll(".note-item:not(.out) > .note")];
  }
}
