// What follows from the state: which rows pass, which are selected, what is found, and what the gallery lists.

import { base64, linked, maskOf, packed, population, rowsOf, unlinked, unpacked } from "./explorer-masks.js";

const nothing = () => ({ rows: [], mask: null, similarities: null, show: "all" });

export class View {
  #requests = { filter: null, search: null, selection: null };

  constructor(model, client, images, waiting) {
    Object.assign(this, { model, client, images, waiting });
    // What is listed: rows in order, which of them in a mask (null for all), and the similarities if there are any.
    Object.assign(model, { listed: nothing() });
    model.on(["filters"], () => this.filter());
    model.on(["selection", "saved"], () => this.select());
    model.on(["prompts", "examples", "region", "isWithin", "count", "filters"], () => this.search());
    model.on(["selected"], () => { if (model.isWithin) this.search(); });
    model.on(["passing", "selected", "found", "show", "sort"], () => this.list());
  }

  /** Whether something is looked for. */
  get hasQuery() {
    const { prompts, examples, region } = this.model;
    return prompts.length > 0 || examples.length > 0 || region !== "";
  }

  /** Works everything out again, as after the images have changed. */
  async refresh() { await Promise.all([this.filter(), this.select(), this.search(), this.list()]); }

  /** Lets go of what followed from other images, of which there were more or fewer. */
  forget() {
    for (const kind of Object.keys(this.#requests)) this.#renew(kind);
    this.model.set({ passing: null, selected: null, found: null, listed: nothing() });
  }

  /** Whether there is nothing yet that could be asked for: the files are still read. */
  get #isEmpty() { return this.images.count === 0; }

  /** Gives an older request of a kind up; the signal of the new one. */
  #renew(kind) {
    this.#requests[kind]?.abort();
    this.#requests[kind] = new AbortController();
    return { signal: this.#requests[kind].signal };
  }

  async filter() {
    const options = this.#renew("filter");
    if (this.#isEmpty || this.model.filters.length === 0) {
      this.waiting.complain("filter", null);
      this.model.set({ passing: null });
      return;
    }
    const bits = await this.waiting.during("filter", "Filtering", this.client.filter(this.model.filters, options));
    if (bits && !options.signal.aborted) this.model.set({ passing: unpacked(bits, this.images.count) });
  }

  async select() {
    const { selection, saved } = this.model;
    const options = this.#renew("selection");
    if (saved !== "" && !this.#isEmpty) {
      const work = this.client.saved("selections", saved).then((response) => response.arrayBuffer());
      const bits = await this.waiting.during("selection", `Opening ${saved}`, work);
      if (options.signal.aborted) return;
      this.model.set({ selected: bits ? unpacked(new Uint8Array(bits), this.images.count) : null });
      return;
    }
    const isNone = this.#isEmpty || selection === "";
    const mask = isNone ? null : unlinked(selection, this.images.count);
    this.waiting.complain("selection", !isNone && mask === null
      ? "The link's selection is one of other images and was left out." : null);
    this.model.set({ selected: mask });
  }

  async search() {
    const { model } = this;
    const options = this.#renew("search");
    if (this.#isEmpty || !this.hasQuery) {
      this.waiting.complain("search", null);
      model.set({ found: null });
      return;
    }
    const request = { prompts: model.prompts, examples: model.examples, filters: model.filters, count: model.count };
    if (model.region !== "") {
      const region = unlinked(model.region, this.images.count);
      if (region === null) {
        this.waiting.complain("search", "The link's region is one of other images: clear it and choose anew.");
        return;
      }
      request.region = base64(packed(region));
    }
    if (model.isWithin && model.selected) request.within = base64(packed(model.selected));
    const found = await this.waiting.during("search", "Searching", this.client.search(request, options));
    if (options.signal.aborted) return;
    if (found) found.region = model.region;
    model.set({ found: found ?? null });
  }

  async list() {
    const { model, images } = this;
    const show = model.show === "found" && model.found ? "found"
      : model.show === "selected" && model.selected ? "selected" : "all";
    let [rows, mask, similarities] = [null, null, null];
    if (show === "found") {
      rows = model.found.hits.map((hit) => hit.row);
      similarities = new Map(model.found.hits.map((hit) => [hit.row, hit.similarity]));
      mask = maskOf(images.count, rows);
    } else if (show === "selected") {
      mask = model.selected;
      if (model.passing) mask = mask.map((value, row) => value & model.passing[row]);
      rows = rowsOf(mask);
    } else if (model.passing) {
      rows = rowsOf(model.passing);
    } else {
      rows = Array.from({ length: images.count }, (_, row) => row);
    }
    const sorted = await this.#sorted(rows);
    if (sorted) model.set({ listed: { rows: sorted, mask, similarities, show } });
  }

  /** Rows in the order that is chosen; those without a value come last. */
  async #sorted(rows) {
    const { model, images } = this;
    const sort = model.sort;
    if (sort === "similarity") return rows;
    if (sort === "order") return rows.sort((first, second) => first - second);
    const key = sort.slice(1);
    if (!images.column(key)) return rows;
    const column = await this.waiting.during("sort", "Sorting", images.values(key));
    // Another order was chosen while this one's values came.
    if (!column || model.sort !== sort) return null;
    const sign = sort[0] === "-" ? -1 : 1;
    const values = column.kind === "category" ? column.codes : column.values;
    const isMissing = column.kind === "category" ? (row) => values[row] < 0 : (row) => !column.present[row];
    return rows.sort((first, second) => isMissing(first) - isMissing(second)
      || sign * (values[first] - values[second]) || first - second);
  }

  // What users do

  /** Looks for something: changes of the query, shown from the first page. */
  look(changes) { this.model.set({ ...changes, show: "found", page: 1 }); }

  /** Selects rows by a mask; null for none. */
  choose(mask) {
    const isEmpty = mask === null || population(mask) === 0;
    this.model.set(isEmpty ? { selection: "", saved: "", show: this.hasQuery ? "found" : "all", page: 1 }
      : { selection: linked(mask), saved: "", show: "selected", page: 1 });
  }

  /** Puts one row into the selection or out of it; the gallery stays as it is. */
  toggle(row) {
    const mask = this.model.selected ? this.model.selected.slice() : new Uint8Array(this.images.count);
    mask[row] = 1 - mask[row];
    this.model.set({ selection: population(mask) > 0 ? linked(mask) : "", saved: "" });
  }

  /** Looks for images like one, or unlike it. */
  like(row, weight) {
    const others = this.model.examples.filter((example) => example.row !== row);
    this.look({ examples: [...others, { row, weight }] });
  }
}
