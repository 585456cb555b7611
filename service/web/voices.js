/**
 * How a speaker looks: a colour, a line under the words, and a letter. The letter is unique, colour and line together
 * are for 32 speakers, so nothing is told by colour alone.
 */
const HUES = 8;
const LINES = 4;

/** Maps the ids of `speakers`, in their order, to {letter, look}; `look` is a list of CSS classes. */
export function voices(speakers) {
  return new Map(
    speakers.map(({ id }, number) => [
      id,
      { letter: letter(number), look: `hue-${number % HUES} line-${Math.floor(number / HUES) % LINES}` },
    ]),
  );
}

export const NOBODY = { letter: "?", look: "hue-none" };
export const NOT_SPEECH = { letter: "–", look: "hue-none nonspeech" };

/** The voice of a quote. */
export function voiceOf(quote, known) {
  if (quote.kind === "nonspeech") return NOT_SPEECH;
  return (quote.speaker && known.get(quote.speaker.id)) || NOBODY;
}

/** A, B, ... Z, AA, AB, ... */
function letter(number) {
  const last = String.fromCharCode(65 + (number % 26));
  return number < 26 ? last : letter(Math.floor(number / 26) - 1) + last;
}
