/**
 * How an answer stands on the page: the service's, with the editor's decisions in it, less what the settings leave out.
 * Whatever is shown, filtered, downloaded or copied is made from this, and nothing is asked of the service for it.
 */

/**
 * The answer with the decisions in it. Each quote has a `review`: "accepted", "corrected" or null. The speakers keep
 * their ids and their order, even those who are left without a quote; new ones come after them.
 */
export function decided(answer, decisions) {
  const ids = new Map(answer.speakers.map(({ id, name }) => [name, id]));
  const quotes = answer.quotes.map((quote) => {
    const decision = decisions.of(quote);
    if (!decision) return { ...quote, review: null };
    const { verdict, kind, speaker, outlet } = decision;
    return { ...quote, kind, speaker: speaker && { ...speaker, id: idOf(speaker.name, ids) }, outlet, review: verdict };
  });
  return { ...answer, quotes, ...parties(answer, quotes) };
}

/**
 * Less what the settings leave out: quotes that nobody said, and names of too little confidence, which go to the
 * quote's `withheld`. What an editor has decided is never left out.
 */
export function shown(answer, { minConfidence, nonspeech }) {
  const quotes = answer.quotes
    .filter((quote) => nonspeech || quote.kind === "speech" || quote.review)
    .map((quote) => withhold(quote, quote.review ? 0 : minConfidence));
  const { speakers, outlets } = parties(answer, quotes);
  const isQuoted = (party) => party.quotes.length > 0;
  return { ...answer, quotes, speakers: speakers.filter(isQuoted), outlets: outlets.filter(isQuoted) };
}

/** The speaker and the outlet of a quote, though they be withheld. */
export function unwithheld({ speaker, outlet, withheld }) {
  return { speaker: speaker ?? withheld?.speaker ?? null, outlet: outlet ?? withheld?.outlet ?? null };
}

/** The quotes of one utterance, which may be re-opened in several paragraphs: what is said of one holds for all. */
export function utterance(quotes, quote) {
  const byId = new Map(quotes.map((one) => [one.id, one]));
  const first = (one) => (byId.has(one.continues) ? first(byId.get(one.continues)) : one.id);
  return quotes.filter((one) => first(one) === first(quote));
}

function withhold(quote, minConfidence) {
  const [speaker, heldSpeaker] = atLeast(minConfidence, quote.speaker);
  const [outlet, heldOutlet] = atLeast(minConfidence, quote.outlet);
  return { ...quote, speaker, outlet, withheld: { speaker: heldSpeaker, outlet: heldOutlet } };
}

/** [what is shown, what is withheld] */
function atLeast(minConfidence, party) {
  return party && party.confidence < minConfidence ? [null, party] : [party, null];
}

function idOf(name, ids) {
  if (!ids.has(name)) ids.set(name, `s${ids.size + 1}`);
  return ids.get(name);
}

/** The speakers and outlets of the quotes, those of the answer first and in its order. */
function parties(answer, quotes) {
  return { speakers: listed("speaker", answer.speakers, quotes), outlets: listed("outlet", answer.outlets, quotes) };
}

function listed(kind, known, quotes) {
  const all = new Map(known.map((party) => [party.id, { ...party, quotes: [] }]));
  for (const quote of quotes) {
    const party = quote[kind];
    if (!party) continue;
    if (!all.has(party.id)) {
      const { id, name, type } = party;
      all.set(id, kind === "speaker" ? { id, name, type, quotes: [] } : { id, name, quotes: [] });
    }
    all.get(party.id).quotes.push(quote.id);
  }
  return [...all.values()];
}
