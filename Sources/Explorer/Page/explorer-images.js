// What is known of the images: places, columns, what stands beside a picture. Fetched once a revision, when it is needed.

import { unpacked } from "./explorer-masks.js";

/** How many images' texts are kept. */
const keptTexts = 5000;

export class Images {
  #client;
  #columns = new Map();
  #texts = new Map();
  #described = "";

  constructor(client) {
    this.#client = client;
    this.info = null;
    this.positions = new Float32Array(0);
    this.located = new Uint8Array(0);
  }

  get count() { return this.info?.count ?? 0; }
  get revision() { return this.info?.revision ?? 0; }

  /** Whether nothing more is to come. */
  get isOver() { return ["ready", "failed"].includes(this.info?.progress.stage); }

  /** A column's description; undefined for a key that there is not. */
  column(key) { return this.info.columns.find((column) => column.key === key); }

  /**
   * Asks how things stand. What was fetched for an older revision is forgotten, but for the columns: they stay as they are
   * once the files are read. Where they do, `info.columns` is the very array that it was.
   */
  async refresh() {
    const info = await this.#client.json("state");
    const old = this.info;
    if (info.revision !== old?.revision || info.condition !== old.condition) this.#texts.clear();
    const described = JSON.stringify([info.condition, info.count, info.columns]);
    if (described === this.#described) info.columns = old.columns;
    else this.#columns.clear();
    [this.info, this.#described] = [info, described];
  }

  /** Fetches the places on the map. */
  async locate() {
    const count = this.count;
    const bytes = await this.#client.bytes("positions", { revision: this.revision });
    const expected = 8 * count + Math.ceil(count / 8);
    if (bytes.byteLength !== expected) {
      throw new Error(`The places on the map have ${bytes.byteLength} bytes where ${expected} were expected: reload the page.`);
    }
    this.positions = new Float32Array(bytes, 0, 2 * count);
    this.located = unpacked(new Uint8Array(bytes, 8 * count), count);
  }

  /** The values of a column: {names, codes} (-1 for none) or {values, present, minimum, maximum}. */
  values(key) {
    let values = this.#columns.get(key);
    if (values === undefined) {
      values = this.#fetchColumn(key);
      this.#columns.set(key, values);
      // What failed is asked for again.
      values.catch(() => this.#columns.delete(key));
    }
    return values;
  }

  async #fetchColumn(key) {
    const [column, count] = [this.column(key), this.count];
    if (!column) throw new Error(`There is no column ${key}.`);
    const bytes = await this.#client.bytes(`columns/${encodeURIComponent(key)}`, { revision: this.revision });
    const expected = column.kind === "category" ? 4 * count : 8 * count + Math.ceil(count / 8);
    if (bytes.byteLength !== expected) {
      throw new Error(`Column ${key} has ${bytes.byteLength} bytes where ${expected} were expected: reload the page.`);
    }
    if (column.kind === "category") return { kind: "category", names: column.names, codes: new Int32Array(bytes) };
    return {
      kind: "number", values: new Float64Array(bytes, 0, count), minimum: column.minimum, maximum: column.maximum,
      present: unpacked(new Uint8Array(bytes, 8 * count), count),
    };
  }

  /** What stands beside some rows' pictures, in their order. */
  async texts(rows, options) {
    const missing = rows.filter((row) => !this.#texts.has(row));
    if (missing.length > 0) {
      const { images } = await this.#client.json("images", { rows: missing.join(",") }, options);
      if (this.#texts.size + images.length > keptTexts) this.#texts.clear();
      for (const image of images) this.#texts.set(image.row, image);
    }
    const known = rows.map((row) => this.#texts.get(row));
    if (known.every((image) => image !== undefined)) return known;
    // Some were forgotten above: all are few.
    const { images } = await this.#client.json("images", { rows: rows.join(",") }, options);
    return images;
  }

  /** What stands beside one row's picture. */
  async text(row, options) { return (await this.texts([row], options))[0]; }
}
