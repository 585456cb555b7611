/**
 * Offsets in code points, which the service counts, and indices into a string, which JavaScript counts in UTF-16 units.
 * Both ways are linear in the text; what lies past its end maps to its end.
 */

/** Maps each of `offsets`, in code points, to its index into the string. */
export function utf16Indices(text, offsets) {
  const indices = new Map();
  let index = 0;
  let codePoints = 0;
  for (const offset of ascending(offsets)) {
    for (; codePoints < offset && index < text.length; codePoints += 1) index += width(text, index);
    indices.set(offset, index);
  }
  return indices;
}

/** Maps each of `indices` into the string, at the start of a character, to its offset in code points. */
export function codePointOffsets(text, indices) {
  const offsets = new Map();
  let at = 0;
  let codePoints = 0;
  for (const index of ascending(indices)) {
    for (; at < index && at < text.length; codePoints += 1) at += width(text, at);
    offsets.set(index, codePoints);
  }
  return offsets;
}

function ascending(numbers) {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function width(text, index) {
  return text.codePointAt(index) > 0xffff ? 2 : 1;
}
