"use strict";

/** What part of the plane is seen: the coordinates of the middle, and a zoom of which 1 shows all. */
class PointMapCamera extends EventTarget {
  constructor() {
    super();
    [this.width, this.height, this.scale] = [0, 0, 1];
    this.bounds = { left: 0, right: 1, bottom: 0, top: 1 };
    this.view = { x: 0.5, y: 0.5, zoom: 1 };
  }

  get middle() {
    return { x: (this.bounds.left + this.bounds.right) / 2, y: (this.bounds.bottom + this.bounds.top) / 2 };
  }

  /** CSS pixels a unit of the coordinates. */
  get unit() {
    const { left, right, bottom, top } = this.bounds;
    const margin = Math.min(28, this.width / 12, this.height / 12);
    const fits = Math.min((this.width - 2 * margin) / (right - left), (this.height - 2 * margin) / (top - bottom));
    return (fits > 0 && Number.isFinite(fits) ? fits : 1) * this.view.zoom;
  }

  get camera() { return { ...this.view }; }

  set camera(wanted) {
    this.isCameraGiven = !this.hasPlaces;
    this.moveCamera(wanted);
  }

  moveCamera({ x = this.view.x, y = this.view.y, zoom = this.view.zoom }) {
    if (![x, y, zoom].every(Number.isFinite)) return;
    // A camera that is given before the points is kept for them.
    const everywhere = { left: -Infinity, right: Infinity, bottom: -Infinity, top: Infinity };
    const { left, right, bottom, top } = this.hasPlaces ? this.bounds : everywhere;
    const next = {
      x: Math.min(right, Math.max(left, x)), y: Math.min(top, Math.max(bottom, y)),
      zoom: Math.min(PointMapCamera.zooms[1], Math.max(PointMapCamera.zooms[0], zoom)),
    };
    if (next.x === this.view.x && next.y === this.view.y && next.zoom === this.view.zoom) return;
    this.view = next;
    this.hasMoved = true;
    this.controls.say();
    this.change("view");
  }

  fit() { this.moveCamera({ ...this.middle, zoom: 1 }); }

  /** Zooms so that what is at a place of the element, by default its middle, stays there. */
  zoomBy(factor, x = this.width / 2, y = this.height / 2) {
    const before = this.unit;
    const zoom = Math.min(PointMapCamera.zooms[1], Math.max(PointMapCamera.zooms[0], this.view.zoom * factor));
    const after = before * (zoom / this.view.zoom);
    const [dx, dy] = [x - this.width / 2, this.height / 2 - y];
    this.moveCamera({
      x: this.view.x + dx / before - dx / after, y: this.view.y + dy / before - dy / after, zoom,
    });
  }

  /** Moves the camera by CSS pixels. */
  panBy(dx, dy) { this.moveCamera({ x: this.view.x - dx / this.unit, y: this.view.y + dy / this.unit }); }

  /** Where coordinates are in the element. */
  place(x, y) {
    const unit = this.unit;
    return [this.width / 2 + (x - this.view.x) * unit, this.height / 2 - (y - this.view.y) * unit];
  }

  /** What coordinates a place of the element has. */
  coordinates(x, y) {
    const unit = this.unit;
    return [this.view.x + (x - this.width / 2) / unit, this.view.y + (this.height / 2 - y) / unit];
  }
}

/** The least and the greatest zoom. */
PointMapCamera.zooms = [0.5, 2000];
