/**
 * What an editor has decided about the quotes of one article, with a way back.
 *
 * A decision is {verdict, kind, speaker, outlet, outlets_also}: `verdict` is "accepted" or "corrected", the rest is the
 * contract's and holds whatever the service answers later. Decisions are kept by the place of the quote, not by its id, so that they
 * are found again in another answer to the same text.
 */
export class Decisions {
  #decided;
  #steps = []; // each a list of [key, the decision before or null]

  /** `kept` is what `toJSON` gave. */
  constructor(kept = {}) {
    this.#decided = new Map(Object.entries(kept));
  }

  get size() {
    return this.#decided.size;
  }

  get canUndo() {
    return this.#steps.length > 0;
  }

  of(quote) {
    return this.#decided.get(keyOf(quote)) ?? null;
  }

  /** Takes decisions as one step; `pairs` are [quote, decision], null to take one back. */
  decide(pairs) {
    this.#steps.push(pairs.map(([quote]) => [keyOf(quote), this.of(quote)]));
    for (const [quote, decision] of pairs) this.#put(keyOf(quote), decision);
  }

  /** Takes the last step back. */
  undo() {
    for (const [key, before] of this.#steps.pop() ?? []) this.#put(key, before);
  }

  toJSON() {
    return Object.fromEntries(this.#decided);
  }

  #put(key, decision) {
    if (decision) this.#decided.set(key, decision);
    else this.#decided.delete(key);
  }
}

function keyOf({ start, end }) {
  return `${start}-${end}`;
}

/** The span that a key stands for. */
export function spanOf(key) {
  const [start, end] = key.split("-").map(Number);
  return { start, end };
}

/** The decision that a quote is right as it stands. */
export function acceptanceOf({ kind, speaker, outlet, outlets_also }) {
  return { verdict: "accepted", kind, speaker, outlet, outlets_also };
}

/** The decision that a quote is not speech. */
export const NOT_SPEECH = { verdict: "corrected", kind: "nonspeech", speaker: null, outlet: null, outlets_also: [] };
