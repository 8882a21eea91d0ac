// What the page shows: what a link keeps, and what follows from it. Every part listens here and none knows another.

/** What a link keeps, as it is at first. */
const initial = Object.freeze({
  condition: "clean",
  // Texts and images that are looked for: {text, weight} and {row, weight}.
  prompts: [],
  examples: [],
  // Rows whose mean is looked for, as `linked` writes them; empty for none.
  region: "",
  // Whether it is looked for among the selected alone.
  isWithin: false,
  // How many of the nearest are wanted.
  count: 100,
  // As the server takes them: {key, isOne}, {key, lower, upper}, {key, contains}.
  filters: [],
  // The key of the column that colors the points; empty for none, null for what suits.
  color: null,
  // What the gallery holds and the map shows in color: all, found, selected.
  show: "all",
  // How the gallery is sorted: similarity, order, or a column's key behind a plus or a minus.
  sort: "similarity",
  page: 1,
  // Rows, as `linked` writes them, or the name under which they were saved; empty for none.
  selection: "",
  saved: "",
  // {x, y, zoom}; null shows all.
  camera: null,
  // Whether pictures stand in place of points; null leaves it to the map.
  images: null,
  // The row whose details are open; -1 for none.
  image: -1,
});

const finite = (text) => {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new RangeError("is no number");
  return value;
};
const natural = (text) => {
  const value = finite(text);
  if (!Number.isInteger(value) || value < 0) throw new RangeError("is no row");
  return value;
};

/** Checks that a filter of a link is one. */
function filterOf(text) {
  const filter = JSON.parse(text);
  const isLimit = (limit) => limit === undefined || limit === null || Number.isFinite(limit);
  const isOne = filter.isOne;
  const isFilter = typeof filter.key === "string"
    && (isOne !== undefined ? Array.isArray(isOne) && isOne.every((name) => typeof name === "string")
      : filter.contains !== undefined ? typeof filter.contains === "string"
      : isLimit(filter.lower) && isLimit(filter.upper));
  if (!isFilter) throw new RangeError("is no filter");
  return filter;
}

/** How each part of a link is read. */
const readers = {
  condition: (state, text) => { state.condition = text; },
  plus: (state, text) => state.prompts.push({ text, weight: 1 }),
  minus: (state, text) => state.prompts.push({ text, weight: -1 }),
  like: (state, text) => state.examples.push({ row: natural(text), weight: 1 }),
  unlike: (state, text) => state.examples.push({ row: natural(text), weight: -1 }),
  region: (state, text) => { state.region = text; },
  within: (state) => { state.isWithin = true; },
  count: (state, text) => { state.count = Math.min(1000, Math.max(1, natural(text))); },
  filter: (state, text) => state.filters.push(filterOf(text)),
  color: (state, text) => { state.color = text; },
  show: (state, text) => {
    if (!["all", "found", "selected"].includes(text)) throw new RangeError("is nothing to show");
    state.show = text;
  },
  sort: (state, text) => { state.sort = text; },
  page: (state, text) => { state.page = Math.max(1, natural(text)); },
  selection: (state, text) => { state.selection = text; },
  saved: (state, text) => { state.saved = text; },
  camera: (state, text) => {
    const [x, y, zoom] = text.split(",").map(finite);
    if (!(zoom > 0) || y === undefined) throw new RangeError("is no camera");
    state.camera = { x, y, zoom };
  },
  images: (state, text) => { state.images = text === "1"; },
  image: (state, text) => { state.image = natural(text); },
};

/** Whether rows stand in a state: it means the same only of the same images. */
const namesRows = (state) =>
  state.examples.length > 0 || state.region !== "" || state.selection !== "" || state.image >= 0;

/**
 * A state as the fragment of a link, without what is as at first.
 *
 * @param {object} state What a link keeps.
 * @param {number} size How many images there are, by which a link that names rows is recognized later; 0 while unknown.
 */
export function fragmentOf(state, size) {
  const parts = [];
  const add = (name, value) => parts.push(name + "=" + encodeURIComponent(value));
  for (const name of ["condition", "region", "count", "color", "show", "sort", "page", "selection", "saved"]) {
    if (state[name] !== initial[name]) add(name, state[name]);
  }
  for (const { text, weight } of state.prompts) add(weight > 0 ? "plus" : "minus", text);
  for (const { row, weight } of state.examples) add(weight > 0 ? "like" : "unlike", row);
  for (const filter of state.filters) add("filter", JSON.stringify(filter));
  if (state.isWithin) add("within", 1);
  if (state.images !== null) add("images", state.images ? 1 : 0);
  if (state.image >= 0) add("image", state.image);
  if (state.camera) {
    const { x, y, zoom } = state.camera;
    add("camera", [x, y, zoom].map((value) => Number(value.toPrecision(6))).join(","));
  }
  if (size > 0 && namesRows(state)) add("of", size);
  return parts.join("&");
}

/** The state of a link's fragment, how many images it was made of (0 when it names none), and which parts are none. */
export function stateOf(fragment) {
  const state = structuredClone(initial);
  const unread = [];
  let size = 0;
  for (const part of fragment.replace(/^#/, "").split("&")) {
    if (part === "") continue;
    const [name, ...rest] = part.split("=");
    try {
      const text = decodeURIComponent(rest.join("="));
      if (name === "of") size = natural(text);
      else readers[Object.hasOwn(readers, name) ? name : ""](state, text);
    } catch {
      unread.push(part.length > 40 ? part.slice(0, 40) + "…" : part);
    }
  }
  return { state, size, unread };
}

const isSame = (first, second) => first === second || JSON.stringify(first) === JSON.stringify(second);

/** The state of the page, and the address that holds it. */
export class Model {
  #listeners = [];
  #size = 0;
  // How many images the last link was made of: what stands in the address while there are none yet.
  #told = 0;
  #isQuiet = true;
  #reopen = () => {};

  constructor() {
    Object.assign(this, structuredClone(initial));
    // What follows from it: the rows that pass the filters, that are selected, what was found, what is pointed at.
    this.passing = null;
    this.selected = null;
    this.found = null;
    this.hovered = -1;
  }

  /** What a link keeps. */
  get state() {
    return Object.fromEntries(Object.keys(initial).map((name) => [name, this[name]]));
  }

  /** The fragment of a link to what is shown. */
  get fragment() { return fragmentOf(this.state, this.#size || this.#told); }

  /** How many images there are, as far as is known. */
  get size() { return this.#size; }

  /** Calls a handler whenever one of some parts has changed. */
  on(names, handler) { this.#listeners.push({ names, handler }); }

  /**
   * Changes parts, and the address with them.
   *
   * @param {object} changes New values by part.
   * @param {boolean} isStep Whether the browser's back button leads back to before; not so for what glides, as the camera.
   */
  set(changes, isStep = true) {
    const names = Object.keys(changes).filter((name) => {
      // What follows from the state are masks and answers, compared by identity.
      return Object.hasOwn(initial, name) ? !isSame(this[name], changes[name]) : this[name] !== changes[name];
    });
    if (names.length === 0) return;
    for (const name of names) this[name] = changes[name];
    if (!this.#isQuiet && names.some((name) => Object.hasOwn(initial, name))) this.#write(isStep);
    for (const { names: wanted, handler } of this.#listeners) {
      if (wanted.some((name) => names.includes(name))) handler(names);
    }
  }

  #write(isStep) {
    const fragment = this.fragment;
    const address = location.pathname + location.search + (fragment === "" ? "" : "#" + fragment);
    if (isStep) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  /** Takes the state of a fragment over; returns what of it could not be read, in words. */
  open(fragment) {
    const { state, size, unread } = stateOf(fragment);
    const complaints = unread.map((part) => `A part of the link means nothing here and was left out: ${part}`);
    this.#told = size;
    // While files are read there are none, which says nothing of the link.
    if (size !== 0 && this.#size !== 0 && size !== this.#size) {
      complaints.push(
        `The link was made of ${size} images and there are ${this.#size} now: what it names may be other images.`);
    }
    const wasQuiet = this.#isQuiet;
    this.#isQuiet = true;
    this.set(state);
    this.#isQuiet = wasQuiet;
    return complaints;
  }

  /** Goes to the state of a fragment as a link to it would. */
  visit(fragment) {
    const { state, size } = stateOf(fragment);
    this.#told = size;
    this.set(state);
  }

  /** Begins to follow the address, which a reload and the browser's buttons set. */
  follow(size, complain) {
    this.#size = size;
    this.#reopen = () => complain(this.open(location.hash));
    this.#reopen();
    this.#isQuiet = false;
    addEventListener("popstate", this.#reopen);
  }

  /** Takes note of how many images there are now, and the address over again: it names some of them. */
  resize(size) {
    this.#size = size;
    this.#reopen();
  }
}
