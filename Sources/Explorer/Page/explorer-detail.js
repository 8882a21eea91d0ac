// One image whole: the file itself, all that is known of it, and what is like it.

import { button, element, shown, signButton } from "./explorer-elements.js";

/** How many like it are shown. */
const likeCount = 12;

export class Detail {
  #request = null;

  constructor(model, view, images, client, map) {
    Object.assign(this, { model, view, images, client, map });
    this.dialog = document.getElementById("detail");
    this.dialog.addEventListener("close", () => this.model.set({ image: -1 }));
    this.dialog.addEventListener("click", (event) => { if (event.target === this.dialog) this.dialog.close(); });
    this.dialog.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step === undefined || event.target.matches("input, select")) return;
      event.preventDefault();
      this.step(step);
    });
    model.on(["image"], () => this.show());
    model.on(["selected"], () => { if (this.choose) this.#showChoice(); });
  }

  /** Goes to the image before or after in what the gallery lists. */
  step(by) {
    const { rows } = this.model.listed;
    const place = rows.indexOf(this.model.image);
    const next = rows[place + by];
    if (place >= 0 && next !== undefined) this.model.set({ image: next }, false);
  }

  async show() {
    const row = this.model.image;
    this.#request?.abort();
    if (row < 0 || row >= this.images.count) {
      if (this.dialog.open) this.dialog.close();
      return;
    }
    this.#request = new AbortController();
    const options = { signal: this.#request.signal };
    const heading = element("h2", { id: "detail-heading" }, `Image ${row}`);
    const note = element("p", { class: "note" });
    const metadata = element("dl");
    const strip = element("ul", { class: "strip", "aria-label": "Images like this one" });
    const picture = element("img", { class: "original", alt: "", src: this.client.original(row) });
    picture.addEventListener("error", () => {
      picture.src = this.client.thumbnail(row);
      note.textContent = "The file is not there or no browser shows it: this is its thumbnail.";
    }, { once: true });
    this.choose = button("", () => this.view.toggle(row));
    this.#showChoice();
    const act = (words, press) => button(words, () => { this.dialog.close(); press(); });
    this.dialog.replaceChildren(
      element("div", { class: "detail-head" }, heading,
        signButton("‹", "Image before", () => this.step(-1)), signButton("›", "Next image", () => this.step(1)),
        signButton("×", "Close", () => this.dialog.close(), { class: "close" })),
      element("div", { class: "detail-body" },
        element("div", { class: "frame" }, picture, note),
        element("div", {}, element("div", { class: "bar" },
          act("More like this", () => this.view.like(row, 1)), act("Less like this", () => this.view.like(row, -1)),
          this.choose, this.images.located[row] ? act("Show on the map", () => this.map.goTo(row)) : null), metadata)),
      element("h3", {}, "Like it"), strip);
    if (!this.dialog.open) this.dialog.showModal();
    await Promise.all([
      this.#fill(metadata, () => this.#describe(row, heading, picture, metadata, options)),
      this.#fill(strip, () => this.#findLike(row, strip, options)),
    ]);
  }

  /** Fills a part, or says there what went wrong. */
  async #fill(part, work) {
    part.replaceChildren(element("span", { class: "spinner", "aria-label": "Waiting" }));
    try {
      await work();
    } catch (error) {
      if (error.name !== "AbortError") part.replaceChildren(element("p", { class: "complaint" }, error.message));
    }
  }

  async #describe(row, heading, picture, metadata, options) {
    const image = await this.images.text(row, options);
    heading.textContent = image.id;
    picture.alt = image.id;
    const lines = [["file", image.path]];
    if (image.width > 0) lines.push(["size", `${image.width} × ${image.height}`]);
    lines.push(...Object.entries(image.metadata));
    metadata.replaceChildren(...lines.flatMap(([key, value]) => [element("dt", {}, key), element("dd", {}, shown(value))]));
    if (!image.embedded) metadata.append(element("dt", {}, "embedding"), element("dd", {}, "not yet"));
  }

  async #findLike(row, strip, options) {
    const found = await this.client.search({ examples: [{ row, weight: 1 }], count: likeCount + 1 }, options);
    const hits = found.hits.filter((hit) => hit.row !== row).slice(0, likeCount);
    const texts = hits.length > 0 ? await this.images.texts(hits.map((hit) => hit.row), options) : [];
    strip.replaceChildren(...hits.map((hit, place) => element("li", {},
      element("button", {
        type: "button", class: "picture", "aria-label": texts[place].id, on: { click: () => this.model.set({ image: hit.row }, false) },
      }, element("img", { src: this.client.thumbnail(hit.row), alt: "", loading: "lazy" })),
      element("div", { class: "caption" }, element("span", { class: "id" }, texts[place].id),
        element("span", { class: "count" }, hit.cosine.toFixed(3))))));
    if (hits.length === 0) strip.append(element("li", { class: "note" }, "No other image is embedded."));
  }

  #showChoice() {
    const isSelected = this.model.selected?.[this.model.image] === 1;
    this.choose.textContent = isSelected ? "Take out of the selection" : "Select";
  }
}
