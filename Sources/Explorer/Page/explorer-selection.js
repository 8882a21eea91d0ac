// What is done with a selection: look for its like, turn it round, write it as CSV and read it again.

import { button, counted, download, element, number } from "./explorer-elements.js";
import { bytesOf, linked, maskOf, packed, population, unpacked } from "./explorer-masks.js";

export class SelectionBar {
  constructor(model, view, images, client, waiting) {
    Object.assign(this, { model, view, images, client, waiting });
    this.box = document.getElementById("selection-bar");
    this.file = element("input", { type: "file", accept: ".csv,text/csv", class: "unseen", tabIndex: -1, "aria-hidden": "true" });
    this.file.addEventListener("change", () => {
      if (this.file.files.length > 0) this.open(this.file.files[0]);
      this.file.value = "";
    });
    this.told = element("span", { class: "note", role: "status" });
    this.presses = {
      similar: button("Find similar", () => view.look({ region: linked(model.selected) })),
      invert: button("Invert", () => view.choose(model.selected.map((value, row) =>
        1 - value & (model.passing ? model.passing[row] : 1)))),
      clear: button("Clear", () => view.choose(null)),
      export: button("Export CSV", () => this.export()),
      open: button("Open CSV…", () => this.file.click()),
    };
    this.presses.similar.title = "Look for what is like the mean of the selected images";
    this.presses.open.title = "Select the images that a CSV names by its column path, or by id where it has no path";
    this.box.replaceChildren(...Object.values(this.presses), this.file, this.told);
    model.on(["selected", "listed"], () => this.show());
  }

  show() {
    const hasSelection = this.model.selected !== null;
    for (const name of ["similar", "invert", "clear"]) this.presses[name].hidden = !hasSelection;
    const count = this.model.listed.rows.length;
    this.presses.export.textContent = `Export ${number(count)} as CSV`;
    this.presses.export.disabled = count === 0;
  }

  /** Writes what the gallery lists, all pages of it. */
  async export() {
    const { rows } = this.model.listed;
    const bits = packed(maskOf(this.images.count, rows));
    const blob = await this.waiting.during("export", "Writing CSV", this.client.exported(bits));
    if (blob) download(blob, "selection.csv");
  }

  /** Selects what a CSV names. */
  async open(file) {
    const answer = await this.waiting.during("import", `Reading ${file.name}`, this.client.imported(file));
    if (!answer) return;
    const mask = unpacked(bytesOf(answer.mask), this.images.count);
    const words = [`${file.name}: ${counted(population(mask), "image")} selected`];
    if (answer.unknownCount > 0) {
      const more = answer.unknownCount > answer.unknown.length ? ", …" : "";
      words.push(`${number(answer.unknownCount)} not here: ${answer.unknown.join(", ")}${more}`);
    }
    this.told.textContent = words.join("; ") + ".";
    this.view.choose(mask);
  }
}

/** What is saved under a name: states of the page, and selections. */
export class SavedPanel {
  constructor(model, client, waiting) {
    Object.assign(this, { model, client, waiting });
    this.box = document.getElementById("saved");
    this.kinds = ["queries", "selections"].map((kind) => this.#part(kind));
    this.box.replaceChildren(...this.kinds.map((part) => part.box));
    model.on(["selected"], () => this.#enable());
    this.#enable();
  }

  #part(kind) {
    const [noun, words] = kind === "queries" ? ["View", "this view"] : ["Selection", "the selection"];
    const name = element("input", { type: "text", maxLength: 200, placeholder: "name", "aria-label": `Name for ${words}` });
    const save = element("button", { type: "submit" }, `Save ${words}`);
    const list = element("ul", { "aria-label": kind === "queries" ? "Saved views" : "Saved selections" });
    const form = element("form", { on: { submit: (event) => {
      event.preventDefault();
      this.#save(kind, name);
    } } }, name, save);
    const box = element("div", { class: "saved" }, element("h3", {}, `${noun}s`), list, form);
    return { kind, box, list, name, save };
  }

  #enable() {
    const part = this.kinds[1];
    part.save.disabled = part.name.disabled = this.model.selected === null;
  }

  /** Lists what is saved. */
  async refresh() {
    const names = await this.waiting.during("saved", "Reading what is saved", this.client.savedNames());
    if (!names) return;
    for (const { kind, list } of this.kinds) {
      list.replaceChildren(...names[kind].map((name) => element("li", {},
        button(name, () => this.#open(kind, name), { class: "plain" }),
        button("×", () => this.#forget(kind, name), { class: "remove", "aria-label": `Forget ${name}`, title: `Forget ${name}` }))));
      if (names[kind].length === 0) list.append(element("li", { class: "note" }, "none yet"));
    }
  }

  async #save(kind, field) {
    const name = field.value.trim();
    if (name === "" || (kind === "selections" && !this.model.selected)) return;
    const body = kind === "queries" ? this.model.fragment : packed(this.model.selected);
    const done = await this.waiting.during("save", `Saving ${name}`, this.client.save(kind, name, body));
    if (!done) return;
    field.value = "";
    // A selection that has a name stands in links by it.
    if (kind === "selections") this.model.set({ selection: "", saved: name }, false);
    await this.refresh();
  }

  async #open(kind, name) {
    if (kind === "selections") {
      this.model.set({ selection: "", saved: name, show: "selected", page: 1 });
      return;
    }
    const work = this.client.saved(kind, name).then((response) => response.text());
    const fragment = await this.waiting.during("open", `Opening ${name}`, work);
    // As a link, so that the browser's back button leads out of it again.
    if (fragment !== undefined) this.model.visit(fragment);
  }

  async #forget(kind, name) {
    const done = await this.waiting.during("forget", `Forgetting ${name}`, this.client.forget(kind, name));
    if (done) await this.refresh();
  }
}
