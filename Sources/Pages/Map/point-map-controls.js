"use strict";

/** The buttons of a map, and the line in which it says to screen readers what happened. */
class PointMapControls {
  constructor(map, names) {
    this.map = map;
    this.buttons = {};
    this.bar = document.createElement("div");
    this.bar.className = "point-map-controls";
    this.bar.setAttribute("role", "toolbar");
    this.bar.setAttribute("aria-label", "Tools of the map");
    this.status = document.createElement("div");
    this.status.className = "point-map-status";
    this.status.setAttribute("role", "status");
    if (names.includes("zoom")) {
      this.add("zoom-in", "+", "Zoom in", () => map.zoomBy(1.5));
      this.add("zoom-out", "−", "Zoom out", () => map.zoomBy(1 / 1.5));
      this.add("fit", "Fit", "Show all points", () => map.fit());
    }
    const toggle = (mode) => map.setMode(map.mode === mode ? "pan" : mode);
    if (names.includes("box")) this.add("box", "Box", "Select by a box", () => toggle("box"));
    if (names.includes("lasso")) this.add("lasso", "Lasso", "Select by a lasso", () => toggle("lasso"));
    if (names.includes("images")) {
      this.add("images", "Images", "Images in place of dots", () => map.showImages(!map.isShowingImages));
    }
    if (names.length > 0) map.element.append(this.bar);
    map.element.append(this.status);
    this.update();
  }

  add(name, text, label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.dataset.control = name;
    button.addEventListener("click", act);
    this.buttons[name] = button;
    this.bar.append(button);
  }

  /** Presses the buttons of what is on. */
  update() {
    const { box, lasso, images } = this.buttons;
    for (const [button, name] of [[box, "box"], [lasso, "lasso"]]) {
      button?.setAttribute("aria-pressed", String(this.map.mode === name));
    }
    this.map.element.dataset.mode = this.map.mode;
    if (!images) return;
    images.disabled = !this.map.images.sprites;
    images.setAttribute("aria-pressed", String(this.map.isShowingImages));
  }

  announce(words) { this.status.textContent = words; }

  /** Says what is in view once the map stands still. */
  say() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => {
      const { map } = this;
      const inView = map.rowsInView().length;
      const images = map.isShowingImages ? `, ${map.images.shown.toLocaleString()} of them as images` : "";
      this.announce(
        `${inView.toLocaleString()} of ${map.count.toLocaleString()} points are in view${images}, zoom `
        + `${map.view.zoom.toPrecision(2)}.`);
    }, 500);
  }

  destroy() {
    clearTimeout(this.pause);
    this.bar.remove();
    this.status.remove();
  }
}
