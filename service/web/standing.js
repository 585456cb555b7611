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
    return decision ? { ...quote, ...standing(decision, ids) } : { ...quote, review: null };
  });
  return { ...answer, quotes, ...parties(answer, quotes) };
}

/**
 * Less what the settings leave out: quotes that are not speech, and names of too little confidence, which go to the
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

/** The speaker and the outlet of a quote, withheld or not. */
export function unwithheld({ speaker, outlet, withheld }) {
  return { speaker: speaker ?? withheld?.speaker ?? null, outlet: outlet ?? withheld?.outlet ?? null };
}

export function speakersOf({ speaker }) {
  return speaker ? [speaker] : [];
}

/** Every outlet that the article credits with a quote. */
export function outletsOf({ outlet, outlets_also: also }) {
  return outlet ? [outlet, ...also] : also;
}

/**
 * The quotes of one utterance, which may be re-opened in several paragraphs, and the pull quotes that repeat it: what is
 * said of one holds for all. `quotes` are in the order of the text.
 */
export function utterance(quotes, quote) {
  const begins = new Map(); // id of a quote -> id of the quote that its utterance begins with
  for (const { id, continues } of quotes) begins.set(id, begins.get(continues) ?? id);
  const whose = ({ id, repeats }) => begins.get(repeats) ?? begins.get(id);
  return quotes.filter((one) => whose(one) === whose(quote));
}

/** What a decision says of a quote. An older page kept outlets without words, which the contract does not have. */
function standing({ verdict, kind, speaker, outlet, outlets_also = [] }, ids) {
  return {
    kind,
    speaker: speaker && { ...speaker, id: idOf(speaker.name, ids) },
    outlet: outlet?.mention ? outlet : null,
    outlets_also,
    review: verdict,
  };
}

function withhold(quote, minConfidence) {
  const isLow = (party) => party !== null && party.confidence < minConfidence;
  const { speaker, outlet, outlets_also: also } = quote;
  return {
    ...quote,
    speaker: isLow(speaker) ? null : speaker,
    outlet: isLow(outlet) ? null : outlet,
    outlets_also: also.filter((one) => !isLow(one)),
    withheld: {
      speaker: isLow(speaker) ? speaker : null,
      outlet: isLow(outlet) ? outlet : null,
      outlets_also: also.filter(isLow),
    },
  };
}

function idOf(name, ids) {
  if (!ids.has(name)) ids.set(name, `s${ids.size + 1}`);
  return ids.get(name);
}

/** The speakers and outlets of the quotes, those of the answer first and in its order. Pull quotes do not count. */
function parties(answer, quotes) {
  const counted = quotes.filter(({ repeats }) => repeats === null);
  return {
    speakers: listed(answer.speakers, counted, speakersOf, ({ id, name, type }) => ({ id, name, type })),
    outlets: listed(answer.outlets, counted, outletsOf, ({ id, name }) => ({ id, name })),
  };
}

function listed(known, quotes, partiesOf, entryOf) {
  const all = new Map(known.map((party) => [party.id, { ...party, quotes: [] }]));
  for (const quote of quotes) {
    for (const party of partiesOf(quote)) {
      if (!all.has(party.id)) all.set(party.id, { ...entryOf(party), quotes: [] });
      all.get(party.id).quotes.push(quote.id);
    }
  }
  return [...all.values()];
}
