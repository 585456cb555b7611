/** What was pasted in place of an article's text: "link", "markup", or null where it is text. */
const LINK = /^(?:https?:\/\/|www\.)\S+$/i;
const ELEMENTS =
  "html|head|body|main|header|footer|article|section|div|p|h[1-6]|ul|ol|li|table|blockquote|figure|img|script|span|a|br|em|strong";
const TAG = new RegExp(`</?(?:${ELEMENTS})\\b[^<>]*>`, "gi");
const ENTITY = /&(?:#\d{2,6}|#x[\da-f]{2,6}|quot|[lr][ds]quo|nbsp|amp);/gi;
const FEW = 3; // tags or entities that an article may speak of

export function pastedInPlaceOfText(text) {
  const trimmed = text.trim();
  if (LINK.test(trimmed)) return "link";
  const isMarkup = (trimmed.startsWith("<") && trimmed.match(TAG)) || count(trimmed, TAG) > FEW || count(trimmed, ENTITY) > FEW;
  return isMarkup ? "markup" : null;
}

function count(text, pattern) {
  return (text.match(pattern) ?? []).length;
}
