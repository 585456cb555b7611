/** What was pasted in place of an article's text: "link", "markup", or null where it is text. */
const LINK = /^(?:https?:\/\/|www\.)\S+$/i;
const TAG = /<\/?(?:p|div|span|a|br|html|body|head|article|section|blockquote|h[1-6]|ul|ol|li|figure|img|script|em|strong|main|header|footer|table)\b[^<>]*>/gi;
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
