// Filters by metadata: names of a category with their counts, limits of a number, texts that a value contains.

import { button, calmly, element, number, shown } from "./explorer-elements.js";

/** How many names of a column are listed before one asks for more. */
const shortList = 100;

export class FilterPanel {
  #parts = new Map();

  constructor(model, images, waiting) {
    Object.assign(this, { model, images, waiting });
    this.box = document.getElementById("filters");
    model.on(["filters"], () => { for (const part of this.#parts.values()) part.show(); });
  }

  /** Makes a fold a column; those that are open stay open. */
  describe() {
    const columns = this.images.info.columns;
    if (columns === this.columns) return;
    this.columns = columns;
    const open = new Set(Array.from(this.#parts).filter(([, part]) => part.fold.open).map(([key]) => key));
    this.#parts = new Map(columns.map((column) => [column.key,
      column.kind === "category" ? new CategoryFilter(this, column) : new NumberFilter(this, column)]));
    this.box.replaceChildren(...Array.from(this.#parts.values(), (part) => part.fold));
    if (columns.length === 0) this.box.append(element("p", { class: "note" }, "The images have no metadata."));
    for (const [key, part] of this.#parts) {
      part.show();
      part.fold.open = open.has(key);
    }
  }

  /** The filter of a kind on a column, if there is one. */
  filter(key, kind) {
    return this.model.filters.find((filter) => filter.key === key && kind in filter);
  }

  /** Puts a filter in the place of those of its kind on its column; null takes them away. */
  replace(key, kinds, filter) {
    const rest = this.model.filters.filter((other) => other.key !== key || !kinds.some((kind) => kind in other));
    this.model.set({ filters: filter === null ? rest : [...rest, filter], page: 1 });
  }
}

/** A fold whose contents are made once it is opened. */
class ColumnFilter {
  constructor(panel, column) {
    Object.assign(this, { panel, column });
    this.sign = element("span", { class: "note" });
    this.body = element("div", { class: "filter-body" });
    this.fold = element("details", { class: "filter" },
      element("summary", {}, column.key, " ", this.sign), this.body);
    this.fold.addEventListener("toggle", () => { if (this.fold.open) this.fill(); });
  }

  async fill() {
    if (this.isFilled) return;
    this.isFilled = true;
    const { key } = this.column;
    const values = await this.panel.waiting.during(`column ${key}`, `Reading ${key}`, this.panel.images.values(key));
    this.isFilled = values !== undefined;
    if (values === undefined) return;
    this.make(values);
    this.show();
  }
}

class CategoryFilter extends ColumnFilter {
  make({ names, codes }) {
    const { key } = this.column;
    const counts = new Uint32Array(names.length + 1);
    for (const code of codes) counts[code < 0 ? names.length : code] += 1;
    // What images without a value have is an empty name.
    this.entries = names.map((name, code) => ({ name, text: name, count: counts[code] }));
    if (counts[names.length] > 0) this.entries.push({ name: "", text: "(none)", count: counts[names.length] });
    this.limit = shortList;
    this.list = element("div", { class: "names", role: "group", "aria-label": `Names of ${key}` });
    this.contains = element("input", {
      type: "search", placeholder: "contains…", "aria-label": `${key} contains`, maxLength: 2000,
      on: { change: () => {
        const text = this.contains.value;
        this.panel.replace(key, ["contains"], text === "" ? null : { key, contains: text });
      } },
    });
    this.find = element("input", {
      type: "search", placeholder: "find a name below", "aria-label": `Find a name of ${key}`,
      on: { input: calmly(120, () => this.showNames()) },
    });
    this.body.replaceChildren(
      this.contains, ...(this.entries.length > 12 ? [this.find] : []), this.list);
  }

  show() {
    const one = this.panel.filter(this.column.key, "isOne");
    const contains = this.panel.filter(this.column.key, "contains");
    const parts = [];
    if (one) parts.push(`${number(one.isOne.length)} chosen`);
    if (contains) parts.push("contains");
    this.sign.textContent = parts.join(", ");
    if (!this.entries) return;
    this.contains.value = contains?.contains ?? "";
    this.showNames();
  }

  showNames() {
    const wanted = this.find.value.toLowerCase();
    const chosen = new Set(this.panel.filter(this.column.key, "isOne")?.isOne ?? []);
    const fitting = this.entries.filter(({ name, text }) => chosen.has(name) || text.toLowerCase().includes(wanted));
    const focused = document.activeElement?.dataset?.name;
    const hadFocus = this.list.contains(document.activeElement);
    const lines = fitting.slice(0, this.limit).map(({ name, text, count }) => element("label", {},
      element("input", {
        type: "checkbox", checked: chosen.has(name), data: { name },
        on: { change: (event) => this.choose(name, event.target.checked, chosen) },
      }), element("span", { class: "name" }, text), element("span", { class: "count" }, number(count))));
    const rest = fitting.length - lines.length;
    if (rest > 0) {
      lines.push(button(`${number(rest)} more names`, () => { this.limit += 1000; this.showNames(); }, { class: "plain" }));
    }
    this.list.replaceChildren(...lines);
    if (hadFocus) {
      for (const box of this.list.querySelectorAll("input")) if (box.dataset.name === focused) box.focus();
    }
  }

  choose(name, isChosen, chosen) {
    const { key } = this.column;
    if (isChosen) chosen.add(name); else chosen.delete(name);
    this.panel.replace(key, ["isOne"], chosen.size === 0 ? null : { key, isOne: [...chosen] });
  }
}

class NumberFilter extends ColumnFilter {
  make({ values, present, minimum, maximum }) {
    const { key } = this.column;
    const field = (words, limit) => element("input", {
      type: "number", step: "any", placeholder: shown(limit), "aria-label": `${key} ${words}`,
      on: { change: () => this.choose() },
    });
    [this.lower, this.upper] = [field("from", minimum), field("to", maximum)];
    this.body.replaceChildren(
      histogram(values, present, minimum, maximum, key),
      element("div", { class: "range" }, this.lower, " to ", this.upper));
  }

  show() {
    const filter = this.panel.filter(this.column.key, "lower") ?? this.panel.filter(this.column.key, "upper");
    this.sign.textContent = filter ? "limited" : "";
    if (!this.lower) return;
    this.lower.value = filter?.lower ?? "";
    this.upper.value = filter?.upper ?? "";
  }

  choose() {
    const { key } = this.column;
    const limit = (field) => (field.value === "" ? null : field.valueAsNumber);
    const [lower, upper] = [limit(this.lower), limit(this.upper)];
    if (Number.isNaN(lower) || Number.isNaN(upper)) return;
    this.panel.replace(key, ["lower", "upper"], lower === null && upper === null ? null : { key, lower, upper });
  }
}

/** How the numbers of a column are spread: bars of equal width. */
function histogram(values, present, minimum, maximum, key) {
  const counts = new Uint32Array(24);
  const width = maximum > minimum ? (maximum - minimum) / counts.length : 1;
  for (let row = 0; row < values.length; row++) {
    if (present[row]) counts[Math.min(counts.length - 1, Math.floor((values[row] - minimum) / width))] += 1;
  }
  const highest = Math.max(1, ...counts);
  return element("div", { class: "histogram", role: "img", "aria-label": `${key} from ${shown(minimum)} to ${shown(maximum)}` },
    ...Array.from(counts, (count, place) => {
      const bar = element("span", { title: `from ${shown(minimum + place * width)}: ${number(count)}` });
      bar.style.height = `${Math.ceil((100 * count) / highest)}%`;
      return bar;
    }));
}
