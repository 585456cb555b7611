/** Hands the person a file that the page has made. */
import { element } from "./dom.js";

const FORGOTTEN_AFTER_MS = 60_000; // by then the browser has read it
const WORDS = 6;

export function download(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), FORGOTTEN_AFTER_MS);
}

/** A file's name from an article's first words: "Storm takes the pier" gives "storm-takes-the-pier". */
export function fileName(text) {
  const line = text.trimStart().split("\n")[0].normalize("NFKD").toLowerCase();
  return (line.match(/[a-z0-9]+/g) ?? ["article"]).slice(0, WORDS).join("-");
}
