/** Which words of the article name a speaker or an outlet that an editor has put in: a proposal, to be changed. */
import { distance, inOwnSentence, nearestPlaces } from "./places.js";

const NEAR = 300; // characters; a name further away says nothing about who speaks here
const PRONOUN = /^(?:he|she|they|it|we|i|you|who|him|her|them|his|their)$/i;
const SUFFIX = /^(?:[JS]r\.?|[IVX]+)$/;
const LEADING_ARTICLE = /^the\s+/i;

/** The words that name a speaker of this name near the quote; null where none do. */
export function speakerMention(text, quote, name) {
  const { speaker } = quote;
  const before = speaker?.mention;
  if (before && (speaker.name === name || !isName(before.text))) return before; // "she" may be anybody
  const [place] = nearestPlaces(text, quote, [name, surname(name)]);
  return place && distance(quote, place) <= NEAR ? place : null;
}

/** The words that name an outlet nearest to the quote; null where it is named nowhere. `names` are its other names. */
export function outletMention(text, quote, name, names = []) {
  const { outlet } = quote;
  if (outlet?.name === name) return outlet.mention;
  const wordings = [name, name.replace(LEADING_ARTICLE, ""), ...names];
  return nearestPlaces(text, quote, wordings)[0] ?? null;
}

/** The place nearest to the quote where `words` stand; `before` where they are its words; null where nowhere. */
export function placeOf(text, quote, words, before) {
  if (!words) return null;
  return before?.text === words ? before : (nearestPlaces(text, quote, [words])[0] ?? null);
}

export function basisOf(text, quote, mention) {
  return mention && inOwnSentence(text, quote, mention) ? "sentence" : "context";
}

/**
 * The id of an outlet that the registry lacks, as the service makes it: "The Harbor Beacon" gives "the-harbor-beacon", and
 * a name without ASCII words a checksum.
 */
export function slug(name) {
  const words = name.normalize("NFKD").replace(/[^\x00-\x7f]|'/g, "").toLowerCase().match(/[a-z0-9]+/g);
  return words?.join("-") ?? `outlet-${crc32(name)}`;
}

function isName(words) {
  return !PRONOUN.test(words) && /\p{Lu}/u.test(words);
}

function surname(name) {
  return name.split(/\s+/).findLast((word) => !SUFFIX.test(word));
}

/** CRC-32 of a text's UTF-8, in eight hexadecimal digits. */
function crc32(text) {
  let crc = ~0;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 && 0xedb88320);
  }
  return (~crc >>> 0).toString(16).padStart(8, "0");
}
