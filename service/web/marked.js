/** The article as a page of its own, in one file: every quote marked, with who said it and who reported it. */
import { ROLES } from "./note.js";
import { paragraphs } from "./pieces.js";

const STYLE = `
  body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.125rem/1.6 Georgia, serif; color: #1c1b19; }
  mark { background: #e8effa; color: inherit; border-bottom: 2px solid #1f5fa8; }
  mark.nonspeech { background: none; border-bottom-style: dotted; border-color: #5d5952; }
  sup { font: 0.7rem system-ui, sans-serif; color: #5d5952; }
  table { width: 100%; margin-top: 2rem; border-collapse: collapse; font: 0.875rem/1.4 system-ui, sans-serif; }
  th, td { padding: 0.25rem 0.5rem; border-bottom: 1px solid #dcd8cd; text-align: left; vertical-align: top; }`;

export function markedPage(text, { quotes, model }, publisher) {
  const byId = new Map(quotes.map((quote, index) => [quote.id, { quote, number: index + 1 }]));
  const numbered = new Set();
  const body = paragraphs(text, quotes)
    .filter(({ pieces }) => pieces.some((piece) => piece.text.trim()))
    .map(({ pieces }) => `<p>${pieces.map((piece) => marked(piece, byId, numbered)).join("")}</p>`);
  const rows = [...byId.values()].map(({ quote, number }) => row(quote, number));
  const title = text.trim().split("\n")[0];
  return [
    "<!DOCTYPE html>",
    `<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>${STYLE}</style></head><body>`,
    ...(publisher ? [`<p>${escaped(publisher)}</p>`] : []),
    ...body,
    "<table><thead><tr><th>No.<th>Quote<th>Speaker<th>Outlet</tr></thead><tbody>",
    ...rows,
    `</tbody></table><p><small>${escaped(`${model.name} ${model.version}`)}</small></p></body></html>`,
    "",
  ].join("\n");
}

/** A piece of the article; `numbered` are the quotes that have their number already, to which its own is added. */
function marked({ text, quotes }, byId, numbered) {
  if (!quotes.length) return escaped(text);
  const { quote, number } = byId.get(quotes.at(-1)); // the innermost
  const data = { id: quote.id, kind: quote.kind, speaker: quote.speaker?.name, outlet: quote.outlet?.name, review: quote.review };
  const given = Object.entries(data).filter(([, value]) => value).map(([name, value]) => ` data-${name}="${escaped(value)}"`);
  const title = [quote.speaker?.name, credit(quote)].filter(Boolean).join(", ");
  const tip = title ? ` title="${escaped(title)}"` : "";
  const label = numbered.has(quote.id) ? "" : `<sup>${number}</sup>`;
  numbered.add(quote.id);
  return `${label}<mark class="${quote.kind}"${given.join("")}${tip}>${escaped(text)}</mark>`;
}

function row(quote, number) {
  const cells = [number, quote.text, quote.kind === "speech" ? (quote.speaker?.name ?? "") : "Not speech", credit(quote)];
  return `<tr>${cells.map((cell) => `<td>${escaped(String(cell))}</td>`).join("")}</tr>`;
}

function credit({ outlet }) {
  return outlet ? `${ROLES[outlet.role]} ${outlet.name}` : "";
}

function escaped(text) {
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => entities[character]);
}
