// The explorer's page: makes its parts and brings them together.

import { Client } from "./explorer-client.js";
import { Detail } from "./explorer-detail.js";
import { FilterPanel } from "./explorer-filters.js";
import { Gallery } from "./explorer-gallery.js";
import { Images } from "./explorer-images.js";
import { Keyboard } from "./explorer-keyboard.js";
import { Legend } from "./explorer-legend.js";
import { Card, MapView } from "./explorer-map.js";
import { Model, stateOf } from "./explorer-model.js";
import { SearchPanel } from "./explorer-search.js";
import { SavedPanel, SelectionBar } from "./explorer-selection.js";
import { View } from "./explorer-view.js";
import { Notes, Progress, Waiting } from "./explorer-waiting.js";

/** How long changes gather before they are shown, in milliseconds. */
const leisure = 2000;

class Explorer {
  #work = Promise.resolve();
  // Runs until a refresh begins, so that never more than one waits.
  timer = null;

  constructor() {
    const client = (this.client = new Client());
    const waiting = (this.waiting = new Waiting());
    const model = (this.model = new Model());
    const images = (this.images = new Images(client));
    const view = (this.view = new View(model, client, images, waiting));
    this.map = new MapView(model, view, images, client, waiting);
    this.card = new Card(this.map, model, images, client);
    this.legend = new Legend(model, view, images, this.map, waiting);
    this.search = new SearchPanel(model, view, images, client);
    this.filters = new FilterPanel(model, images, waiting);
    this.gallery = new Gallery(model, view, images, client, waiting);
    this.detail = new Detail(model, view, images, client, this.map);
    this.selection = new SelectionBar(model, view, images, client, waiting);
    this.saved = new SavedPanel(model, client, waiting);
    this.keyboard = new Keyboard(this);
    this.notes = new Notes(client, waiting);
    this.progress = new Progress(client, waiting, (isAtWork) => (isAtWork ? this.later() : this.refresh()));
    this.condition = document.getElementById("condition");
    this.condition.addEventListener("change", () => model.set({ condition: this.condition.value }));
    model.on(["condition"], () => { if (model.condition !== client.condition) this.refresh(); });
  }

  /** Does one thing after another: an answer that comes late takes the place of none that is newer. */
  #inTurn(work) { return (this.#work = this.#work.then(work, work)); }

  start() {
    return this.#inTurn(async () => {
      this.client.condition = stateOf(location.hash).state.condition;
      if (!(await this.fetch())) return;
      this.model.follow(this.images.count, (complaints) =>
        this.waiting.complain("link", complaints.length > 0 ? complaints.join(" ") : null));
      this.map.draw();
      await Promise.all([this.legend.color(), this.view.refresh(), this.saved.refresh()]);
      document.documentElement.dataset.explorer = "ready";
    });
  }

  /** Fetches how things stand and where the points are; whether that went well. */
  async fetch() {
    const { images, waiting } = this;
    const work = (async () => {
      await images.refresh();
      await images.locate();
      return true;
    })();
    if (!(await waiting.during("state", "Reading the images", work))) return false;
    const { info } = images;
    this.notes.show(info);
    this.progress.show(info.progress, info.revision);
    // A list that is open stays open.
    if (this.condition.length !== info.conditions.length) {
      this.condition.replaceChildren(...info.conditions.map(({ name, label }) => new Option(label, name)));
    }
    this.condition.value = info.condition;
    document.getElementById("condition-field").hidden = info.conditions.length < 2;
    for (const part of [this.legend, this.search, this.filters, this.gallery]) part.describe();
    return true;
  }

  /** Shows anew what has changed on the server, or another condition. */
  refresh() {
    return this.#inTurn(async () => {
      const { model, view, images } = this;
      clearTimeout(this.timer);
      this.timer = null;
      this.client.condition = model.condition;
      if (!(await this.fetch())) return;
      // A page that was opened while files are read knows only now which images there are.
      const isOther = images.count !== model.size;
      if (isOther) {
        view.forget();
        model.resize(images.count);
      }
      this.map.draw();
      if (isOther && model.image >= 0) this.detail.show();
      await Promise.all([this.legend.color(), view.refresh()]);
    });
  }

  /** Refreshes in a while: while images are embedded changes come oftener than all can be shown anew. */
  later() { this.timer ??= setTimeout(() => this.refresh(), leisure); }
}

const explorer = new Explorer();
// For tests, and for those who look under the hood.
window.explorer = explorer;
await explorer.start();
