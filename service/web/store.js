/**
 * What this browser keeps, and nobody else: the text in the box, how fast answers came, and the corrections of each
 * article until the editor removes them. Without storage (a private window may have none) the page does without.
 */
const PREFIX = "quote-attribution.";
const ARTICLE = "article.";

export class Full extends Error {}

export function draft() {
  return read("draft") ?? { text: "", publisher: "" };
}

/** Keeps the text in the box; an empty one is forgotten. Past the browser's room it is not kept. */
export function keepDraft(given) {
  try {
    write("draft", given.text ? given : null);
  } catch {
    write("draft", null);
  }
}

export function speeds() {
  return read("speeds") ?? [];
}

export function keepSpeeds(given) {
  try {
    write("speeds", given);
  } catch {
    return; // a guess will do
  }
}

/** The record of an article that was decided on, null where there is none: {id, text, publisher, model, decided}. */
export function corrections(id) {
  return read(ARTICLE + id);
}

/** Throws `Full` where the browser has no room. A record without decisions is removed. */
export function keepCorrections(record) {
  write(ARTICLE + record.id, Object.keys(record.decided).length ? record : null);
}

export function allCorrections() {
  const keys = Array.from({ length: storage()?.length ?? 0 }, (_, number) => storage().key(number));
  return keys.filter((key) => key.startsWith(PREFIX + ARTICLE)).sort().map((key) => read(key.slice(PREFIX.length)));
}

export function removeCorrections(records) {
  for (const { id } of records) write(ARTICLE + id, null);
}

/** An id that is always the same for a text: FNV-1a of its UTF-16 units, 64 bits. */
export function idOfText(text) {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  }
  return `desk-${hash.toString(16).padStart(16, "0")}`;
}

function read(name) {
  try {
    return JSON.parse(storage()?.getItem(PREFIX + name) ?? "null");
  } catch {
    return null; // somebody else wrote there
  }
}

function write(name, value) {
  try {
    if (value === null) storage()?.removeItem(PREFIX + name);
    else storage()?.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    throw new Full();
  }
}

function storage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
