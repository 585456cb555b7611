/** What to look at first: how sure the answer to a quote is, and of what it is least sure. */
import { unwithheld } from "./standing.js";

/**
 * {about, confidence}, of a name that is withheld too; a quote without a speaker has confidence 0, since nothing says how
 * sure that is.
 */
export function doubt(quote) {
  const { speaker, outlet } = unwithheld(quote);
  const doubts = [{ about: "speech", confidence: quote.confidence }];
  if (quote.kind === "speech") doubts.push({ about: "speaker", confidence: speaker?.confidence ?? 0 });
  if (outlet) doubts.push({ about: "outlet", confidence: outlet.confidence });
  return doubts.reduce((least, one) => (one.confidence < least.confidence ? one : least));
}

/** The quotes that nobody has decided on, the least certain first; equally certain ones as in the text. */
export function leastCertainFirst(quotes) {
  return quotes
    .filter((quote) => !quote.review)
    .map((quote) => ({ quote, ...doubt(quote) }))
    .sort((a, b) => a.confidence - b.confidence);
}
