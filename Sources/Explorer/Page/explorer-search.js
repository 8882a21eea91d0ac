// What is looked for: the box, and a chip for each text, image, region and filter.

import { button, counted, element, shown, signButton } from "./explorer-elements.js";
import { population, unlinked } from "./explorer-masks.js";

export class SearchPanel {
  constructor(model, view, images, client) {
    Object.assign(this, { model, view, images, client });
    this.field = document.getElementById("search-text");
    this.chips = document.getElementById("chips");
    const form = document.getElementById("search");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.add(1);
    });
    document.getElementById("search-minus").addEventListener("click", () => this.add(-1));
    model.on(
      ["prompts", "examples", "region", "isWithin", "filters", "found", "selected"], () => this.show());
  }

  /** Says what texts are good for where there is no model that reads them. */
  describe() {
    const hasModel = this.images.info.model !== null;
    this.field.disabled = !hasModel;
    for (const press of this.field.form.querySelectorAll("button")) press.disabled = !hasModel;
    if (!hasModel) this.field.placeholder = "No model to read texts with: search by an image";
    this.show();
  }

  /** Adds what stands in the box; a minus before it means the opposite. */
  add(sign) {
    let text = this.field.value.trim();
    let weight = sign;
    if (text.startsWith("-") && text.length > 1) [text, weight] = [text.slice(1).trim(), -1];
    if (text === "") return;
    this.field.value = "";
    const others = this.model.prompts.filter((prompt) => prompt.text !== text);
    this.view.look({ prompts: [...others, { text, weight }] });
  }

  show() {
    const { model } = this;
    const weak = new Set((model.found?.markers ?? []).filter((marker) => marker.isWeak).map((marker) => marker.text));
    const chips = [
      ...model.prompts.map((prompt, place) => this.#weighted(
        prompt.weight, prompt.text, [prompt.text, weak.has(prompt.text) ? this.#weakness() : null],
        (weight) => this.view.look({ prompts: model.prompts.with(place, { ...prompt, weight }) }),
        () => this.view.look({ prompts: model.prompts.toSpliced(place, 1) }))),
      ...model.examples.map((example, place) => this.#weighted(
        example.weight, `image ${example.row}`, [this.#picture(example.row)],
        (weight) => this.view.look({ examples: model.examples.with(place, { ...example, weight }) }),
        () => this.view.look({ examples: model.examples.toSpliced(place, 1) }))),
    ];
    if (model.region !== "") {
      const mask = unlinked(model.region, this.images.count);
      chips.push(this.#chip(
        ["the mean of " + (mask ? counted(population(mask), "image") : "images that are gone")],
        "the region", () => this.view.look({ region: "" })));
    }
    if (this.view.hasQuery && model.selected) {
      chips.push(element("li", {}, element("label", { class: "chip" },
        element("input", {
          type: "checkbox", checked: model.isWithin,
          on: { change: (event) => this.view.look({ isWithin: event.target.checked }) },
        }), " only among the selected")));
    }
    for (const [place, filter] of model.filters.entries()) {
      chips.push(this.#chip([filterWords(filter)], "the filter",
        () => model.set({ filters: model.filters.toSpliced(place, 1), page: 1 }), "filter"));
    }
    if (chips.length > 1) {
      chips.push(element("li", {}, button("Clear all", () => this.clear(), { class: "plain" })));
    }
    this.chips.replaceChildren(...chips);
  }

  clear() {
    this.model.set({
      prompts: [], examples: [], region: "", isWithin: false, filters: [], page: 1,
      show: this.model.selected ? "selected" : "all",
    });
  }

  #weakness() {
    return element("span", {
      class: "weak",
      title: "No image is nearer to this text than images at large are: its place on the map means little.",
    }, " weak match");
  }

  #picture(row) {
    // While files are read there are no pictures.
    if (row >= this.images.count) return `image ${row}`;
    return element("img", { src: this.client.thumbnail(row), alt: `image ${row}`, class: "tiny" });
  }

  #weighted(weight, name, contents, weigh, remove) {
    const sign = weight > 0 ? "+" : "−";
    const words = weight > 0 ? `${name} counts for; press to count against` : `${name} counts against; press to count for`;
    const kind = weight > 0 ? "plus" : "minus";
    return this.#chip([signButton(sign, words, () => weigh(-weight), { class: "sign" }), ...contents], name, remove, kind);
  }

  #chip(contents, name, remove, kind = "") {
    return element("li", {}, element("span", { class: `chip ${kind}` },
      ...contents.filter((part) => part !== null), signButton("×", `Remove ${name}`, remove, { class: "remove" })));
  }
}

/** A filter in words. */
export function filterWords(filter) {
  if (filter.isOne) {
    const names = filter.isOne.map((name) => (name === "" ? "(none)" : name));
    const few = names.length > 3 ? `one of ${names.length} names` : names.join(" or ");
    return `${filter.key}: ${few}`;
  }
  if (filter.contains !== undefined) return `${filter.key} contains “${filter.contains}”`;
  const [lower, upper] = [filter.lower ?? null, filter.upper ?? null];
  if (lower === null) return `${filter.key} ≤ ${shown(upper)}`;
  return upper === null ? `${filter.key} ≥ ${shown(lower)}` : `${filter.key} from ${shown(lower)} to ${shown(upper)}`;
}
