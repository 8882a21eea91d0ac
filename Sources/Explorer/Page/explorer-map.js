// The map: the component of all pages, and what this page shows on it.

import { calmly, counted, element, number, shown } from "./explorer-elements.js";
import { population } from "./explorer-masks.js";

export class MapView {
  #camera = "";

  constructor(model, view, images, client, waiting) {
    Object.assign(this, { model, view, images, client, waiting });
    this.counts = document.getElementById("map-counts");
    this.map = new PointMap(document.getElementById("map"), {
      renderer: "auto", controls: ["zoom", "box", "lasso", "images"],
      label: "Map of the images: near points are images that the model finds alike",
    });
    document.documentElement.dataset.renderer = this.map.rendererName;
    this.#listen();
  }

  #listen() {
    const { map, model } = this;
    map.addEventListener("hover", ({ detail }) => model.set({ hovered: detail.row }));
    map.addEventListener("pick", ({ detail }) => { if (detail.row >= 0) model.set({ image: detail.row }); });
    map.addEventListener("select", ({ detail }) => this.view.choose(detail.mask));
    map.addEventListener("camera", calmly(250, () => this.#keepCamera()));
    map.addEventListener("images", () => model.set({ images: map.images.wanted }));
    model.on(["images"], () => map.showImages(model.images));
    model.on(["camera"], () => this.#moveCamera());
    model.on(["passing"], () => { map.setFiltered(model.passing); this.#count(); });
    model.on(["listed"], () => { map.setSelected(model.listed.mask); this.#count(); });
    model.on(["found"], () => map.setMarkers(this.#markers()));
    model.on(["hovered", "image"], () => map.setHighlighted(model.hovered >= 0 ? model.hovered : model.image));
  }

  /** Draws the places that were fetched. */
  draw() {
    const { map, images, model } = this;
    // Where a user has just moved to is not lost when the images change.
    if (map.count > 0) this.#keepCamera();
    map.setSprites({ ...images.info.sprites, sheet: (index) => this.client.sprite(index) });
    map.setPoints(images.positions, images.located);
    map.setFiltered(model.passing);
    map.setSelected(model.listed.mask);
    map.setMarkers(this.#markers());
    map.showImages(model.images);
    this.#moveCamera();
    this.#count();
  }

  // Colors

  /** Colors the points by names: a code a row, -1 for none; null takes the colors away. */
  setColors(codes, nameCount) {
    const marks = Array.from({ length: nameCount ?? 0 }, (_, code) => PointMarks.mark(code));
    this.map.setColors(codes, marks.map(({ color }) => color), marks.map(({ shape }) => shape));
  }

  /** Colors the points by numbers. */
  setNumbers(values, present, minimum, maximum) { this.map.setNumbers(values, present, [minimum, maximum]); }

  /** The mark of a name for the legend, -1 for those without one. */
  swatch(code) {
    const canvas = code < 0 ? PointMarks.draw(0, this.map.style.rest, 10) : PointMarks.drawMark(code);
    canvas.setAttribute("aria-hidden", "true");
    return canvas;
  }

  /** The colors of numbers from the least to the greatest. */
  ramp() {
    const bar = element("div", { class: "ramp", "aria-hidden": "true" });
    bar.style.background = `linear-gradient(to right, ${
      Array.from({ length: 17 }, (_, step) => PointMarks.ramp(step / 16)).join(", ")})`;
    return bar;
  }

  focus() { this.map.surface.focus(); }

  #markers() {
    return (this.model.found?.markers ?? []).map((marker) => ({
      x: marker.x, y: marker.y, label: marker.text, spread: marker.spread, isWeak: marker.isWeak,
    }));
  }

  // A link keeps the camera to six digits; what the map itself says of one that was set is not taken for a user's.
  #text({ x, y, zoom }) { return [x, y, zoom].map((value) => Number(value.toPrecision(6))).join(","); }

  #keepCamera() {
    const { x, y, zoom } = this.map.camera;
    const text = this.#text({ x, y, zoom });
    if (text === this.#camera) return;
    this.#camera = text;
    this.model.set({ camera: { x, y, zoom } }, false);
  }

  #moveCamera() {
    const { camera } = this.model;
    if (camera === null) {
      this.map.fit();
    } else if (this.#text(camera) !== this.#camera) {
      this.map.camera = camera;
    } else {
      return;
    }
    this.#camera = this.#text(this.map.camera);
  }

  /** Brings a point into the middle. */
  goTo(row) {
    if (!this.images.located[row]) return;
    const [x, y] = [this.images.positions[2 * row], this.images.positions[2 * row + 1]];
    this.map.camera = { x, y, zoom: Math.max(this.map.camera.zoom, 4) };
    this.map.setHighlighted(row);
    this.focus();
  }

  /** Says how many points there are, and why not more. */
  #count() {
    const { model, images } = this;
    const located = population(images.located);
    const parts = located === 0 && images.count > 0
      ? [images.info.progress.stage === "failed" ? "There is no map." : "The map is made once all images are embedded."]
      : [`${number(located)} of ${counted(images.count, "image")} on the map`];
    if (model.passing) parts.push(`${number(population(model.passing))} pass the filters`);
    if (model.listed.mask) parts.push(`${number(population(model.listed.mask))} in color`);
    this.counts.textContent = parts.join(" · ");
  }
}

/** The card beside the point that is pointed at: picture, name, metadata. */
export class Card {
  #request = null;

  constructor(map, model, images, client) {
    Object.assign(this, { model, images, client });
    this.box = document.getElementById("card");
    map.map.addEventListener("hover", ({ detail }) => this.show(detail));
  }

  async show({ row, x, y }) {
    this.#request?.abort();
    this.box.hidden = row < 0;
    if (row < 0) {
      this.box.dataset.row = "";
      return;
    }
    if (this.box.dataset.row !== String(row)) {
      this.box.dataset.row = String(row);
      const words = element("div", {}, "…");
      this.box.replaceChildren(
        element("img", { src: this.client.thumbnail(row), alt: "", class: "thumbnail" }), words);
      this.#fill(row, words, { x, y });
    }
    this.#place(x, y);
  }

  async #fill(row, words, { x, y }) {
    this.#request = new AbortController();
    try {
      const image = await this.images.text(row, { signal: this.#request.signal });
      if (this.box.dataset.row !== String(row)) return;
      words.replaceChildren(element("strong", {}, image.id), ...lines(image, 8));
      const similarity = this.model.listed.similarities?.get(row);
      if (similarity !== undefined) words.append(element("div", {}, `similarity ${similarity.toFixed(3)}`));
      if (!image.embedded) words.append(element("div", {}, "not embedded yet"));
      this.#place(x, y);
    } catch (error) {
      if (error.name !== "AbortError") words.textContent = error.message;
    }
  }

  // Beside the point, inside the map.
  #place(x, y) {
    const [width, height] = [this.box.offsetWidth, this.box.offsetHeight];
    const stage = this.box.parentElement;
    let left = x + 14 + width > stage.clientWidth ? x - 14 - width : x + 14;
    left = Math.max(4, Math.min(left, stage.clientWidth - width - 4));
    let top = y - height / 2;
    // Not over the point itself where the map is too narrow for a card beside it.
    if (left < x + 8 && left + width > x - 8) top = y + 16 + height > stage.clientHeight ? y - 16 - height : y + 16;
    top = Math.max(4, Math.min(top, stage.clientHeight - height - 4));
    this.box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }
}

/** The metadata of an image, a line each, and how many lines are left out. */
function lines(image, limit) {
  const entries = Object.entries(image.metadata);
  const clipped = (value) => {
    const text = shown(value);
    return text.length > 120 ? text.slice(0, 120) + "…" : text;
  };
  const made = entries.slice(0, limit).map(([key, value]) =>
    element("div", {}, element("span", { class: "key" }, key + " "), clipped(value)));
  if (entries.length > limit) made.push(element("div", { class: "note" }, `and ${entries.length - limit} more`));
  return made;
}
