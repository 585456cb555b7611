/**
 * Cuts an article at every place where a quote or a mention begins or ends.
 *
 * Spans may nest and overlap in any way, so the result is flat: a paragraph is a list of pieces, and a piece is
 * {text, quotes, speakerOf, nameOf, outletOf}: the ids of the quotes that it is part of (outermost first), and of those
 * whose speaker it names, whose speaker it names in full, or whose outlet it names. A paragraph also lists the quotes
 * that `begin` in it.
 */
import { utf16Indices } from "./offsets.js";

export function paragraphs(text, quotes) {
  const edges = edgesOf(text, quotes);
  const active = { quotes: new Set(), speakerOf: new Set(), nameOf: new Set(), outletOf: new Set() };
  const result = [];
  let next = 0;
  let start = 0;
  for (const line of text.split("\n")) {
    const end = start + line.length;
    const paragraph = { pieces: [], begin: [] };
    let at = start;
    const cut = (to) => {
      if (to > at) {
        const ids = Object.entries(active).map(([kind, quotes]) => [kind, [...quotes]]);
        paragraph.pieces.push({ text: text.slice(at, to), ...Object.fromEntries(ids) });
        at = to;
      }
    };
    for (; next < edges.length && edges[next].at <= end; next += 1) {
      const { at: place, opens, kind, id } = edges[next];
      cut(place);
      if (opens) active[kind].add(id);
      else active[kind].delete(id);
      if (opens && kind === "quotes") paragraph.begin.push(id);
    }
    cut(end);
    result.push(paragraph);
    start = end + 1;
  }
  return result;
}

/** Where spans begin and end, in the order of the text; what ends at a place comes before what begins there. */
function edgesOf(text, quotes) {
  const spans = quotes.flatMap((quote) => [
    { kind: "quotes", id: quote.id, span: quote },
    { kind: "speakerOf", id: quote.id, span: quote.speaker?.mention },
    { kind: "nameOf", id: quote.id, span: quote.speaker?.named_at },
    { kind: "outletOf", id: quote.id, span: quote.outlet?.mention },
  ]).filter(({ span }) => span && span.end > span.start);
  const index = utf16Indices(text, spans.flatMap(({ span }) => [span.start, span.end]));
  return spans
    .flatMap(({ kind, id, span }) => [
      { at: index.get(span.start), opens: true, kind, id },
      { at: index.get(span.end), opens: false, kind, id },
    ])
    .sort((a, b) => a.at - b.at || a.opens - b.opens);
}
