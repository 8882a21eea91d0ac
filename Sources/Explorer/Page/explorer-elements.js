// What all parts of the page make elements and numbers with. Data becomes text of elements, never markup.

/**
 * An element.
 *
 * @param {string} name Its tag.
 * @param {object} properties `class`, `data` (an object), `on` (handlers by event), names with a hyphen and `role` (attributes);
 *     all else are properties of the element.
 * @param {...(Node|string)} children What it holds; strings are text.
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key === "class") made.className = value;
    else if (key === "data") Object.assign(made.dataset, value);
    else if (key === "on") for (const [event, handler] of Object.entries(value)) made.addEventListener(event, handler);
    else if (key.includes("-") || key === "role" || key === "for") made.setAttribute(key, String(value));
    else made[key] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A button that does something. */
export const button = (text, press, properties = {}) =>
  element("button", { type: "button", ...properties, on: { click: press } }, text);

/** A button of one sign, with words for those who do not see it. */
export const signButton = (sign, words, press, properties = {}) =>
  button(sign, press, { "aria-label": words, title: words, ...properties });

const whole = new Intl.NumberFormat("en-US");

/** A count as one reads it: 5,640. */
export const number = (value) => whole.format(value);

/** A count and what is counted: "1 image", "5,640 images". */
export const counted = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;

/** A value of metadata as one reads it. */
export function shown(value) {
  if (typeof value !== "number") return String(value);
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 1e-3 && Math.abs(value) < 1e7 ? String(Number(value.toPrecision(5))) : value.toExponential(3);
}

/** A length of time: "40 s", "3 min", "2 h 5 min". */
export function duration(seconds) {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Calls a handler once things have been quiet for a while. */
export function calmly(milliseconds, handler) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => handler(...values), milliseconds);
  };
}

/** Hands a file to the browser's downloads. */
export function download(blob, name) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** Whether the user wants little to move. */
export const wantsCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
