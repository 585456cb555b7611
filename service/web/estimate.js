/**
 * How long an article will take, from how long others took on this machine.
 *
 * The first guess is what a busy machine with two cores was measured at; from then on the speeds of the last answers
 * count, by their median. Short articles say little: part of their time is always the same.
 */
const FIRST_GUESS = 6000; // characters a second
const LONG_ENOUGH = 4000; // characters, to learn from
const REMEMBERED = 7;
const WORTH_TELLING = 2; // seconds

/** `speeds` with one more, in characters a second. */
export function learn(speeds, characters, seconds) {
  return characters < LONG_ENOUGH || seconds <= 0 ? speeds : [...speeds, characters / seconds].slice(-REMEMBERED);
}

/** Seconds that an article of so many characters will take; null where that is not worth telling. */
export function estimate(speeds, characters) {
  const seconds = characters / (median(speeds) ?? FIRST_GUESS);
  return seconds < WORTH_TELLING ? null : seconds;
}

/** "about 12 s", "about 2 min" */
export function inWords(seconds) {
  return seconds < 90 ? `about ${Math.ceil(seconds)} s` : `about ${Math.round(seconds / 60)} min`;
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted.length ? sorted[Math.floor(sorted.length / 2)] : null;
}
