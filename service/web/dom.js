/**
 * A new element. Children are nodes or text; text is never parsed, so an article cannot bring in markup.
 * Attributes of value null, undefined or false are left out.
 */
export function element(name, attributes = {}, ...children) {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      created.setAttribute(key, value === true ? "" : value);
    }
  }
  created.append(...children.filter((child) => child !== null));
  return created;
}

export function byId(id) {
  return document.getElementById(id);
}

/** "1 quote", "2 quotes" */
export function counted(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
