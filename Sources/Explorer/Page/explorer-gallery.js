// The gallery: all that is listed, a page at a time, and what is done with it.

import { button, counted, element, number, signButton } from "./explorer-elements.js";
import { population } from "./explorer-masks.js";

/** How many pictures a page has. */
const pageSize = 60;

/** The end of a path, which tells images of one folder apart where there is no room for all of it. */
function shortened(id) {
  const parts = id.split("/");
  return parts.length > 2 ? `…/${parts.slice(-2).join("/")}` : id;
}

export class Gallery {
  #request = null;
  #pagesShown = "";

  constructor(model, view, images, client, waiting) {
    Object.assign(this, { model, view, images, client, waiting });
    for (const name of ["gallery", "shows", "gallery-bar", "gallery-counts", "pages"]) {
      this[name] = document.getElementById(name);
    }
    this.sort = element("select", { "aria-label": "Sort by", on: { change: () =>
      model.set({ sort: this.sort.value, page: 1 }) } });
    this.nearest = element("select", { on: { change: () => model.set({ count: Number(this.nearest.value), page: 1 }) } },
      ...[100, 300, 1000].map((count) => new Option(number(count), String(count))));
    this.nearestField = element("label", {}, "Nearest ", this.nearest);
    this["gallery-bar"].replaceChildren(element("label", {}, "Sort by ", this.sort), this.nearestField);
    model.on(["listed", "page"], () => this.show());
    model.on(["selected"], () => this.#markSelected());
    model.on(["hovered"], () => this.#markHovered());
    this.gallery.addEventListener("keydown", (event) => this.#key(event));
    this.gallery.addEventListener("pointerover", (event) => this.#point(event.target));
    this.gallery.addEventListener("pointerleave", () => model.set({ hovered: -1 }));
    this.gallery.addEventListener("focusin", (event) => this.#point(event.target));
    this.gallery.addEventListener("focusout", () => model.set({ hovered: -1 }));
  }

  #point(target) {
    const tile = target.closest("li");
    if (tile) this.model.set({ hovered: Number(tile.dataset.row) });
  }

  get pageCount() { return Math.max(1, Math.ceil(this.model.listed.rows.length / pageSize)); }

  /** The page that is shown; a link may name one past the last. */
  get page() { return Math.min(this.model.page, this.pageCount); }

  /** Offers the orders there are, if they have changed: a list that is open stays open. */
  describe() {
    const { columns } = this.images.info;
    if (columns === this.columns) return;
    this.columns = columns;
    const orders = columns.flatMap(({ key }) => [
      new Option(`${key}, ascending`, "+" + key), new Option(`${key}, descending`, "-" + key)]);
    this.similar = new Option("similarity", "similarity");
    this.sort.replaceChildren(this.similar, new Option("order of the files", "order"), ...orders);
    this.#showOrder();
  }

  /** Only what was found is more or less similar. */
  #showOrder() {
    const { sort, count, listed } = this.model;
    const isFound = listed.show === "found";
    this.similar.hidden = this.similar.disabled = !isFound;
    this.sort.value = !isFound && sort === "similarity" ? "order" : sort;
    this.nearest.value = String(count);
    this.nearestField.hidden = !isFound;
  }

  async show() {
    const { model } = this;
    const start = (this.page - 1) * pageSize;
    const rows = model.listed.rows.slice(start, start + pageSize);
    this.#showOrder();
    this.#showTabs();
    this.#showPages();
    this["gallery-counts"].textContent = this.#words(start, rows.length);
    this.#request?.abort();
    this.#request = new AbortController();
    const { signal } = this.#request;
    const known = new Map(Array.from(this.gallery.children, (tile) => [Number(tile.dataset.row), tile]));
    // The same pictures in another order are no new pictures.
    const tiles = rows.map((row) => known.get(row) ?? this.#tile(row));
    // Where all stay, none loses the focus.
    if (tiles.length !== this.gallery.children.length || tiles.some((tile, place) => tile !== this.gallery.children[place])) {
      this.gallery.replaceChildren(...tiles);
      this.#rove(this.gallery.querySelector("button.picture"));
    }
    this.#caption(rows, null);
    this.#markSelected();
    this.#markHovered();
    if (rows.length === 0) return;
    const texts = await this.waiting.during("gallery", "Reading the images", this.images.texts(rows, { signal }));
    if (texts && !signal.aborted) this.#caption(rows, texts);
  }

  #words(start, count) {
    const { listed, found, selected, passing } = this.model;
    if (listed.rows.length === 0) {
      if (listed.show === "found") return "Nothing was found.";
      if (this.images.count > 0) return "No image passes.";
      return this.images.isOver ? "There are no images." : "The images are looked for.";
    }
    const words = [`${number(start + 1)}–${number(start + count)} of ${counted(listed.rows.length, "image")}`];
    if (listed.show === "found") {
      words.push(`the nearest of ${number(found.candidateCount)}, in ${found.milliseconds.toFixed(1)} ms`);
    }
    if (listed.show === "selected" && passing) words.push(`of ${number(population(selected))} selected, those that pass the filters`);
    if (listed.show === "all" && passing) words.push(`of ${number(this.images.count)}, those that pass the filters`);
    return words.join(" · ");
  }

  #showTabs() {
    const { model } = this;
    const tabs = [["all", model.passing ? `All that pass (${number(population(model.passing))})` : `All (${number(this.images.count)})`]];
    if (model.found) tabs.push(["found", `Found (${number(model.found.hits.length)})`]);
    if (model.selected) tabs.push(["selected", `Selected (${number(population(model.selected))})`]);
    const focused = this.shows.contains(document.activeElement) ? document.activeElement.dataset.show : null;
    this.shows.replaceChildren(...tabs.map(([show, text]) =>
      button(text, () => model.set({ show, page: 1 }), { "aria-pressed": model.listed.show === show, data: { show } })));
    if (focused) this.shows.querySelector(`[data-show="${focused}"]`)?.focus();
  }

  #showPages() {
    const { page, pageCount } = this;
    // What is being typed is not taken away.
    if (this.#pagesShown === `${page} of ${pageCount}`) return;
    this.#pagesShown = `${page} of ${pageCount}`;
    this.pages.hidden = pageCount < 2;
    const field = element("input", {
      type: "number", min: 1, max: pageCount, value: page, "aria-label": "Page",
      on: { change: (event) => this.turn(event.target.valueAsNumber) },
    });
    this.pages.replaceChildren(
      signButton("‹", "Page before", () => this.turn(page - 1), { disabled: page <= 1 }),
      field, element("span", {}, `of ${number(pageCount)}`),
      signButton("›", "Next page", () => this.turn(page + 1), { disabled: page >= pageCount }));
  }

  /** Shows another page. */
  turn(page) {
    if (!Number.isFinite(page)) return;
    this.model.set({ page: Math.min(this.pageCount, Math.max(1, Math.round(page))) });
    this.gallery.scrollTop = 0;
  }

  #tile(row) {
    const picture = element("button", {
      type: "button", class: "picture", tabIndex: -1, "aria-label": `Image ${row}`,
      on: { click: () => this.model.set({ image: row }) },
    });
    const act = (sign, words, press, name) => signButton(sign, words, press, { tabIndex: -1, class: name });
    return element("li", { data: { row: String(row) } }, picture, element("div", { class: "caption" }),
      element("div", { class: "acts" },
        act("+", "More like this", () => this.view.like(row, 1), "more"),
        act("−", "Less like this", () => this.view.like(row, -1), "less"),
        act("✓", "Select", () => this.view.toggle(row), "choose")));
  }

  /**
   * Shows the picture of a tile. While images are read the frame stays empty until there is one, and one that was asked for
   * in vain is asked for again once there is news.
   */
  #picture(tile, row, text) {
    const { isOver, revision } = this.images;
    const isMade = isOver || text?.width > 0;
    // A run has pictures of images whose files were not read, but not of all.
    if (!isMade && !text?.embedded) return;
    const frame = tile.querySelector("button.picture");
    const lack = frame.querySelector(".lacking");
    if (frame.firstChild && !(lack && isMade && lack.dataset.revision !== String(revision))) return;
    frame.replaceChildren(element("img", {
      src: this.client.thumbnail(row), alt: "", loading: "lazy", decoding: "async",
      on: { error: (event) =>
        event.target.replaceWith(element("span", { class: "lacking", data: { revision } }, "no picture")) },
    }));
  }

  /** Shows the pictures and writes below them what they are; the names come after the pictures. */
  #caption(rows, texts) {
    const { similarities } = this.model.listed;
    for (const [place, row] of rows.entries()) {
      const tile = this.gallery.children[place];
      const text = texts?.[place];
      this.#picture(tile, row, text);
      const caption = tile.querySelector(".caption");
      if (text) {
        tile.dataset.id = text.id;
        tile.querySelector("button.picture").setAttribute("aria-label", text.id);
        tile.title = text.path;
      }
      const similarity = similarities?.get(row);
      caption.replaceChildren(element("span", { class: "id" }, shortened(tile.dataset.id ?? "…")),
        similarity === undefined ? "" : element("span", { class: "count", title: "similarity" }, similarity.toFixed(3)));
    }
  }

  #markSelected() {
    for (const tile of this.gallery.children) {
      const isSelected = this.model.selected?.[Number(tile.dataset.row)] === 1;
      tile.classList.toggle("selected", isSelected);
      const choose = tile.querySelector("button.choose");
      choose.setAttribute("aria-pressed", String(isSelected));
    }
  }

  #markHovered() {
    for (const tile of this.gallery.children) {
      tile.classList.toggle("met", Number(tile.dataset.row) === this.model.hovered);
    }
  }

  // Keys

  /** Lets the tabulator key reach one picture of all: the arrows reach the others. */
  #rove(picture) {
    for (const other of this.gallery.querySelectorAll("button.picture")) other.tabIndex = other === picture ? 0 : -1;
  }

  focus() { this.gallery.querySelector("button.picture[tabindex='0']")?.focus(); }

  #key(event) {
    const tiles = Array.from(this.gallery.children);
    const place = tiles.indexOf(event.target.closest("li"));
    if (place < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = Number(tiles[place].dataset.row);
    const perLine = Math.max(1, tiles.filter((tile) => tile.offsetTop === tiles[0].offsetTop).length);
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -perLine, ArrowDown: perLine };
    const acts = {
      " ": () => this.view.toggle(row), "+": () => this.view.like(row, 1), "-": () => this.view.like(row, -1),
      Home: () => this.#go(tiles, 0), End: () => this.#go(tiles, tiles.length - 1),
    };
    if (Object.hasOwn(steps, event.key)) this.#go(tiles, place + steps[event.key]);
    // Enter presses the button that has the focus, and so does the space bar on a button that is no picture.
    else if (Object.hasOwn(acts, event.key) && event.target.matches("button.picture")) acts[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #go(tiles, place) {
    const picture = tiles[Math.min(tiles.length - 1, Math.max(0, place))].querySelector("button.picture");
    this.#rove(picture);
    picture.focus();
  }
}
