/**
 * Decisions as training reads them: a line of JSON for each article, with its text and a label for each quote that was
 * decided on. Spans are code points; a quote's takes its marks in. Quotes that nobody decided on have no label, and
 * training asks nothing of them.
 */
import { spanOf } from "./decisions.js";

// Quotation marks, either way round: languages differ, and text extraction errs.
const MARK = /^(?:``|''|‘‘|’’|["“”„‟〝〞«»「」『』‘’‚‛‹›`'＂])$/u;
const UNKNOWN = "UNKNOWN"; // a reader cannot tell who spoke

/** `records` are the articles that the store keeps: {id, text, publisher, model, decided}. */
export function trainingLines(records) {
  return records.map((record) => `${JSON.stringify(trainingArticle(record))}\n`).join("");
}

export function trainingArticle({ id, text, publisher, model, decided }) {
  const characters = [...text];
  const quotes = Object.entries(decided)
    .map(([key, decision]) => label(characters, spanOf(key), decision))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  return { id, publisher, model, text, quotes };
}

function label(characters, span, { verdict, kind, speaker, outlet }) {
  const isSpeech = kind === "speech";
  const outletIsCredited = isSpeech && outlet !== null;
  return {
    ...withMarks(characters, span),
    kind,
    speaker: isSpeech ? (speaker?.name ?? UNKNOWN) : null,
    type: isSpeech ? (speaker?.type ?? "unknown") : null,
    mention: isSpeech ? pair(speaker?.mention) : null,
    outlet: outletIsCredited ? outlet.name : null,
    outlet_mention: outletIsCredited ? pair(outlet.mention) : null,
    basis: outletIsCredited ? outlet.basis : null,
    role: outletIsCredited ? outlet.role : null,
    review: verdict,
  };
}

function pair(mention) {
  return mention ? [mention.start, mention.end] : null;
}

/** The span with the mark before it and the one after it, where there are such: of one character, or of two. */
function withMarks(characters, { start, end }) {
  const before = [2, 1].find((n) => start >= n && MARK.test(characters.slice(start - n, start).join(""))) ?? 0;
  const after = [2, 1].find((n) => MARK.test(characters.slice(end, end + n).join(""))) ?? 0;
  return { start: start - before, end: end + after };
}
