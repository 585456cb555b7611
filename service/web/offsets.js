/**
 * Maps offsets in code points, which the service counts, to indices into the string, which JavaScript counts in
 * UTF-16 units. Linear in the text; an offset past its end maps to its length.
 */
export function utf16Indices(text, offsets) {
  const indices = new Map();
  let index = 0;
  let codePoints = 0;
  for (const offset of [...new Set(offsets)].sort((a, b) => a - b)) {
    for (; codePoints < offset && index < text.length; codePoints += 1) {
      index += text.codePointAt(index) > 0xffff ? 2 : 1;
    }
    indices.set(offset, index);
  }
  return indices;
}
