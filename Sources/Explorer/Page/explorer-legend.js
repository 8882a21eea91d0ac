// The colors of the points, what they mean, and how many points of each are shown.

import { button, element, number, shown } from "./explorer-elements.js";
import { maskOf } from "./explorer-masks.js";

/** How many names are listed before one asks for more. */
const shortList = 60;

export class Legend {
  #values = null;
  #limit = shortList;

  constructor(model, view, images, map, waiting) {
    Object.assign(this, { model, view, images, map, waiting });
    this.box = document.getElementById("legend");
    this.field = document.getElementById("color");
    this.field.addEventListener("change", () => model.set({ color: this.field.value }));
    model.on(["color"], () => this.color());
    model.on(["listed", "passing"], () => this.show());
    // The marks have other colors on dark ground.
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.color());
  }

  /** Offers the columns there are, if they have changed: a list that is open stays open. */
  describe() {
    const { columns } = this.images.info;
    if (columns === this.columns) return;
    this.columns = columns;
    const names = { class: "class", predicted: "predicted class", correct: "right or wrong" };
    this.field.replaceChildren(new Option("nothing", ""), ...columns.map(({ key, role }) =>
      new Option(names[role] ?? key, key)));
  }

  /** The key that the points are colored by: what is chosen, or the class, or a column of few names. */
  get key() {
    const { columns } = this.images.info;
    const { color } = this.model;
    if (color !== null) return color;
    return (columns.find(({ role }) => role === "class")
      ?? columns.find(({ kind, names }) => kind === "category" && names.length > 1 && names.length <= 49))?.key ?? "";
  }

  async color() {
    const key = this.key;
    const isThere = key === "" || this.images.column(key) !== undefined;
    this.waiting.complain("color", isThere || this.images.count === 0 ? null : `There is no column ${key} to color by.`);
    this.field.value = isThere ? key : "";
    const values = key === "" || !isThere ? null
      : await this.waiting.during("color", `Reading ${key}`, this.images.values(key));
    if (key !== this.key) return;
    if (values !== this.#values) this.#limit = shortList;
    this.#values = values ?? null;
    if (!this.#values) this.map.setColors(null);
    else if (this.#values.kind === "category") this.map.setColors(this.#values.codes, this.#values.names.length);
    else this.map.setNumbers(this.#values.values, this.#values.present, this.#values.minimum, this.#values.maximum);
    this.show();
  }

  /** Writes the legend: a line a name, with how many of all, or of those that are shown. */
  show() {
    const values = this.#values;
    const focused = Array.from(this.box.children).indexOf(document.activeElement);
    if (!values) {
      this.box.replaceChildren(element("p", { class: "note" }, "The points are not colored."));
    } else if (values.kind === "category") {
      this.box.replaceChildren(...this.#names(values));
    } else {
      this.box.replaceChildren(...this.#scale(values));
    }
    if (focused >= 0) this.box.children[focused]?.focus({ preventScroll: true });
  }

  #names({ names, codes }) {
    const shownMask = this.model.listed.mask ?? this.model.passing;
    const [all, few] = [new Uint32Array(names.length + 1), new Uint32Array(names.length + 1)];
    for (let row = 0; row < codes.length; row++) {
      const place = codes[row] < 0 ? names.length : codes[row];
      all[place] += 1;
      if (!shownMask || shownMask[row]) few[place] += 1;
    }
    const lines = [];
    // Those that are shown come first.
    const codesThere = Array.from(all.keys()).filter((code) => all[code] > 0)
      .sort((first, second) => (few[first] === 0) - (few[second] === 0) || first - second);
    for (const code of codesThere) {
      const isNone = code === names.length;
      const text = isNone ? "(none)" : names[code];
      const count = shownMask ? `${number(few[code])} of ${number(all[code])}` : number(all[code]);
      lines.push(element("button", {
        type: "button", class: few[code] === 0 ? "absent" : "", title: "Select these; with Shift, add them to what is selected",
        on: { click: (event) => this.#choose(codes, isNone ? -1 : code, event.shiftKey) },
      }, this.map.swatch(isNone ? -1 : code), element("span", { class: "name" }, text),
      element("span", { class: "count" }, count)));
    }
    const rest = lines.length - this.#limit;
    if (rest <= 0) return lines;
    return [...lines.slice(0, this.#limit), button(`${number(rest)} more names`, () => {
      this.#limit = Infinity;
      this.show();
    }, { class: "plain" })];
  }

  #choose(codes, code, isMore) {
    const { model } = this;
    const rows = [];
    for (let row = 0; row < codes.length; row++) {
      if (codes[row] === code && (!model.passing || model.passing[row])) rows.push(row);
    }
    const mask = maskOf(this.images.count, rows);
    if (isMore && model.selected) model.selected.forEach((value, row) => { mask[row] |= value; });
    this.view.choose(mask);
  }

  #scale({ minimum, maximum, present }) {
    const missing = present.length - present.reduce((sum, bit) => sum + bit, 0);
    return [
      this.map.ramp(),
      element("div", { class: "ends" }, element("span", {}, shown(minimum)), element("span", {}, shown(maximum))),
      ...(missing > 0 ? [element("p", { class: "note" }, `${number(missing)} without a number`)] : []),
    ];
  }
}
