/** Where words stand in an article, as seen from a quote. Places are {text, start, end}, offsets in code points. */
import { codePointOffsets, utf16Indices } from "./offsets.js";

// A stop before a capital, unless it stands after "Sen." or "J.".
const SENTENCE_END = /(?<!\b\p{Lu}\p{Ll}{0,2})[.!?…]["”’»)\]]*\s+(?=["“‘«(]*[\p{Lu}\p{N}])|\n/u;

/**
 * The places of any of `wordings` outside of the quote, as whole words, the nearest to it first. Words that begin with a
 * small letter are found in any case: "the letter" where "The letter" stands, but "Time" not where "time" does.
 */
export function nearestPlaces(text, quote, wordings) {
  const found = wordings.filter(Boolean).flatMap((words) => [...text.matchAll(wholeWords(words))]);
  const offsets = codePointOffsets(text, found.flatMap(({ index, 0: words }) => [index, index + words.length]));
  return found
    .map(({ index, 0: words }) => ({ text: words, start: offsets.get(index), end: offsets.get(index + words.length) }))
    .filter((place) => distance(quote, place) >= 0)
    .sort((a, b) => distance(quote, a) - distance(quote, b) || b.text.length - a.text.length);
}

/** Whether a place stands in the quote's own sentence: no sentence ends between the two, as far as marks tell. */
export function inOwnSentence(text, quote, place) {
  const [from, to] = place.end <= quote.start ? [place.end, quote.start + 1] : [quote.end, place.start + 1];
  const index = utf16Indices(text, [from, to]);
  return !SENTENCE_END.test(text.slice(index.get(from), index.get(to)));
}

/** How many characters lie between; negative where the two overlap. */
export function distance(quote, place) {
  return Math.max(quote.start - place.end, place.start - quote.end);
}

function wholeWords(words) {
  const literal = words.trim().replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/\s+/g, "[^\\S\\n]+");
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, /^\p{Lu}/u.test(literal) ? "gu" : "giu");
}
