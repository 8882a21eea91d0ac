// Keys for all that is done often, and the page that tells them.

import { element, signButton } from "./explorer-elements.js";

const help = [
  ["/", "to the search box; a text that begins with − is looked away from"],
  ["g", "to the gallery: arrows go from image to image"],
  ["Enter", "on an image: the image whole, with all that is known of it; ← and → lead on"],
  ["Space", "on an image: into the selection or out of it"],
  ["+  −", "on an image: more like it, less like it"],
  ["m", "to the map: arrows move it or lead to the next point, + and − zoom"],
  ["[  ]", "page before, next page"],
  ["i", "pictures in place of points"],
  ["Escape", "closes what is open, leaves a field, then lets go of the selection"],
  ["?", "this help"],
];

export class Keyboard {
  constructor({ model, view, gallery, map }) {
    Object.assign(this, { model, view, gallery, map });
    this.help = document.getElementById("help");
    document.getElementById("help-button").addEventListener("click", () => this.showHelp());
    this.help.addEventListener("click", (event) => { if (event.target === this.help) this.help.close(); });
    document.addEventListener("keydown", (event) => this.#press(event));
  }

  showHelp() {
    this.help.replaceChildren(
      element("div", { class: "detail-head" }, element("h2", { id: "help-heading" }, "Keys"),
        signButton("×", "Close", () => this.help.close(), { class: "close" })),
      element("dl", {}, ...help.flatMap(([keys, words]) => [
        element("dt", {}, ...keys.split("  ").map((key) => element("kbd", {}, key))), element("dd", {}, words)])),
      element("p", { class: "note" }, "Drag on the map to move it, turn the wheel to zoom; the buttons Box and Lasso select."
        + " The address of the page holds what is shown: copy it to come back to it."));
    this.help.showModal();
  }

  #press(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest?.("input, select, textarea");
    if (field) {
      if (event.key === "Escape" && !document.querySelector("dialog[open]")) field.blur();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    const press = {
      "/": () => document.getElementById("search-text").focus(),
      "?": () => this.showHelp(),
      g: () => this.gallery.focus(),
      m: () => this.map.focus(),
      i: () => this.model.set({ images: !this.model.images }),
      "[": () => this.gallery.turn(this.gallery.page - 1),
      "]": () => this.gallery.turn(this.gallery.page + 1),
      Escape: () => { if (this.model.selected) this.view.choose(null); },
    }[event.key];
    if (!press) return;
    event.preventDefault();
    press();
  }
}
