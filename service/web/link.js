/**
 * The settings in the address, after the "#": what stands there is not sent to any server. The article's text is never
 * part of it; an example is, by its name.
 */
const DEFAULTS = { example: "", publisher: "", confidence: "0", nonspeech: "" };

export function readLink() {
  const given = new URLSearchParams(location.hash.slice(1));
  const known = Object.keys(DEFAULTS).filter((name) => given.has(name));
  return { ...DEFAULTS, ...Object.fromEntries(known.map((name) => [name, given.get(name)])) };
}

/** Keeps `settings`, all strings, in the address; what is as by default is left out. */
export function writeLink(settings) {
  const kept = Object.entries(settings).filter(([name, value]) => value !== DEFAULTS[name]);
  const fragment = new URLSearchParams(kept).toString();
  history.replaceState(null, "", fragment ? `#${fragment}` : location.pathname + location.search);
}
