"use strict";

/**
 * The one map: points in a plane, drawn by WebGL2, or by a loop over pixels where there is no WebGL.
 *
 *   const map = new PointMap(element, { renderer, controls, label, isEmbedded });
 *
 * `element` is an empty block whose size CSS gives (or one with children that lie over the map, such as a card; they
 * stay). `renderer`: "auto" (WebGL where a graphics card draws it), "webgl" or "canvas". `controls`: which buttons there are, of "zoom",
 * "box", "lasso", "images". `label`: what screen readers call it. `isEmbedded`: the map stands in a page that scrolls:
 * one finger scrolls the page, and the wheel zooms only with Ctrl or while the map has the focus.
 *
 * Points are rows 0 ..< n. A mask is a Uint8Array of n bytes, 0 or 1. Coordinates are the caller's, y upwards.
 *
 *   setPoints(xy, located, bounds)    Float32Array of 2n; mask of rows that have a place, or null for all (a coordinate
 *                                     that is not finite has none); bounds {left, right, bottom, top} of what `fit`
 *                                     shows, by default the points'. Another n forgets colors, masks
 *                                     and the camera, but not one that was given before there were places.
 *   setColors(codes, palette, shapes) a code a row; CSS colors, or null for the marks of PointMarks, which follow dark
 *                                     mode; a shape (0 … 6) a code, 0 by default. A code past the palette is "none": gray.
 *   setNumbers(values, present, range) a number a row in the colors of PointMarks.ramp; mask of rows that have one, or
 *                                     null; range [lower, upper], by default the values'; what is used is `numberRange`.
 *   setSelected(mask)                 the others are gray, not hidden; null for no selection
 *   setFiltered(mask)                 1 where a row passes; the others are gray and not met by pointer, box and lasso
 *   setMarkers([{x, y, label, spread, isWeak}])   marks over the points; spread is a radius in coordinates
 *   setTrail(xy)                      a dashed line through places, or null
 *   setSprites({tile, columns, rows, sheet, size, index})   sheets of thumbnails: row r is tile r, counted through all
 *                                     sheets, or tile index(r); sheet(s) gives an address, an image or a promise of
 *                                     one; size(row), where it is given, says [width, height] of the picture in the
 *                                     first corner of its tile, or null where a row has none
 *   showImages(bool)                  images in place of dots, or never; by default where few points are in view
 *   setHighlighted(row)               a ring around a point; -1 for none
 *   setMode("pan" | "box" | "lasso")
 *   camera                            {x, y, zoom}: coordinates of the middle; zoom 1 shows all. May be set.
 *   fit(), zoomBy(factor), reveal(row)
 *   animateTo(xy, isAnimated)         moves the points to other places; at once where motion is to be reduced
 *   position(row)                     {x, y, isVisible} in CSS pixels of the element, or null
 *   rowsInView()                      rows that box and lasso could take now
 *   redraw(), restyle(), destroy(), rendererName, isShowingImages, count
 *
 * Events (CustomEvent, what is said in `detail`):
 *   ready {renderer}        points are drawn for the first time, or by another renderer
 *   hover {row, x, y, isKeyboard}   the pointer or an arrow key met another point; row -1 for none
 *   pick {row, isKeyboard}  click, tap or Enter on a point; row -1 for a click beside all points
 *   select {mask, kind, count}   kind "box", "lasso", "view" (key a) or "clear" (Escape; mask null). Shift adds to the
 *                           selection, Alt takes from it. The map does not select by itself: call setSelected.
 *   camera {x, y, zoom}     once a frame in which it changed
 *   mode {mode}, images {isShown, shown}, moved {} (an animation ended)
 *
 * Keys: arrows go from point to point (with Shift they pan), Enter picks, + − zoom, 0 fits, a takes what is in view,
 * Escape leaves a drawing, then the mode, then clears.
 */
class PointMap extends PointMapCamera {
  constructor(element, options = {}) {
    super();
    this.element = element;
    const { renderer = "auto", controls = ["zoom", "box", "lasso", "images"], label = "Map of the images" } = options;
    this.isEmbedded = options.isEmbedded ?? false;
    this.wantedRenderer = renderer;
    this.dirty = new Set(["positions", "colors", "order"]);
    this.isOverlayDirty = true;
    this.clear(0);
    this.positions = new Float32Array(0);
    [this.markers, this.trail, this.highlighted, this.mode] = [[], null, -1, "pan"];
    element.classList.add("point-map");
    element.classList.toggle("embedded", this.isEmbedded);
    this.surface = document.createElement("canvas");
    this.surface.className = "point-map-surface";
    this.surface.tabIndex = 0;
    this.surface.setAttribute("role", "application");
    this.surface.setAttribute("aria-label", label);
    this.surface.setAttribute("aria-description", "Arrow keys go from point to point, Enter picks one, plus and minus "
      + "zoom, Shift with an arrow key pans, a takes what is in view, Escape clears");
    element.prepend(this.surface);
    this.overlay = new PointMapOverlay(this);
    this.images = new PointMapImages(this);
    this.controls = new PointMapControls(this, controls);
    this.input = new PointMapInput(this);
    this.makeRenderer(renderer === "canvas" ? "canvas" : "webgl");
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(element);
    this.schemeListener = () => this.restyle();
    PointMarks.darkScheme.addEventListener("change", this.schemeListener);
    this.readStyle();
    this.resize();
  }

  // What is shown

  /** Forgets all that hangs on the number of points. */
  clear(count) {
    this.count = count;
    this.coloring = null;
    this.selected = this.filtered = null;
    this.highlighted = -1;
    this.trail = null;
    this.colors = new Uint32Array(count);
  }

  setPoints(xy, located = null, bounds = null) {
    const count = xy.length >> 1;
    const isOther = count !== this.count;
    if (isOther) this.clear(count);
    this.expect(located, "setPoints");
    this.run = (this.run ?? 0) + 1;
    this.positions = Float32Array.from(xy);
    this.located = new Uint8Array(count);
    for (let row = 0; row < count; row++) {
      const isPlace = Number.isFinite(xy[2 * row]) && Number.isFinite(xy[2 * row + 1]);
      this.located[row] = isPlace && (!located || located[row]) ? 1 : 0;
    }
    this.grid = new PointGrid(this.positions, this.located);
    this.bounds = bounds ?? this.grid.bounds;
    if (isOther) this.hasPlaces = false;
    if (!this.hasPlaces && !this.isCameraGiven) this.view = { ...this.middle, zoom: 1 };
    this.hasPoints = true;
    if (this.grid.rows.length > 0) {
      [this.hasPlaces, this.isCameraGiven] = [true, false];
      this.moveCamera(this.view);
    }
    this.change("positions", "colors", "order");
  }

  setColors(codes, palette = null, shapes = null) {
    this.expect(codes, "setColors");
    this.coloring = { codes, palette, shapes };
    this.change("colors");
  }

  setNumbers(values, present = null, range = null) {
    this.expect(values, "setNumbers");
    const isThere = (row) => (!present || present[row]) && Number.isFinite(values[row]);
    let [lower, upper] = range ?? [Infinity, -Infinity];
    for (let row = 0; row < values.length && !range; row++) {
      if (isThere(row)) [lower, upper] = [Math.min(lower, values[row]), Math.max(upper, values[row])];
    }
    this.numberRange = lower <= upper ? [lower, upper] : [0, 0];
    this.coloring = { values, isThere };
    this.change("colors");
  }

  setSelected(mask) {
    this.expect(mask, "setSelected");
    this.selected = mask;
    this.change("order");
  }

  setFiltered(mask) {
    this.expect(mask, "setFiltered");
    this.filtered = mask;
    this.change("order");
  }

  setMarkers(markers) {
    this.markers = markers;
    this.redrawOverlay();
  }

  setTrail(xy) {
    this.trail = xy;
    this.redrawOverlay();
  }

  setSprites(sprites) {
    this.images.use(sprites);
    this.controls.update();
    this.redrawOverlay();
  }

  showImages(isShown) {
    this.images.wanted = isShown;
    this.redrawOverlay();
  }

  get isShowingImages() { return this.images.isShown; }

  setHighlighted(row) {
    const known = Number.isInteger(row) && row >= 0 && row < this.count && this.located[row] ? row : -1;
    if (known === this.highlighted) return;
    this.highlighted = known;
    this.redrawOverlay();
  }

  setMode(mode) {
    if (mode === this.mode) return;
    this.mode = mode;
    this.input.cancel();
    this.controls.update();
    this.emit("mode", { mode });
  }

  /** Whether pointer, box and lasso meet a row. */
  isMet(row) { return this.located[row] === 1 && (!this.filtered || this.filtered[row] !== 0); }

  isBright(row) { return this.isMet(row) && (!this.selected || this.selected[row] !== 0); }

  expect(values, name) {
    if (values && values.length !== this.count) {
      throw new RangeError(`${name}: ${values.length} values for ${this.count} points`);
    }
  }

  // Points that are met

  position(row) {
    if (!(row >= 0 && row < this.count && this.located[row])) return null;
    const [x, y] = this.place(this.positions[2 * row], this.positions[2 * row + 1]);
    return { x, y, isVisible: x >= 0 && y >= 0 && x <= this.width && y <= this.height };
  }

  /** Brings a point into view, if it is not there. */
  reveal(row) {
    const place = this.position(row);
    if (place && !place.isVisible) this.moveCamera({ x: this.positions[2 * row], y: this.positions[2 * row + 1] });
  }

  /** The row next to a place of the element, not farther than so many CSS pixels; -1 for none. */
  nearest(x, y, limit) {
    if (!this.grid) return -1;
    return this.grid.nearest(...this.coordinates(x, y), limit / this.unit, (row) => this.isMet(row));
  }

  /** Rows in a rectangle of the element that are in view and met. */
  rowsWithin(x0, y0, x1, y1) {
    if (!this.grid) return [];
    const [left, top] = this.coordinates(Math.max(0, Math.min(x0, x1)), Math.max(0, Math.min(y0, y1)));
    const [right, bottom] = this.coordinates(
      Math.min(this.width, Math.max(x0, x1)), Math.min(this.height, Math.max(y0, y1)));
    return this.grid.rowsWithin(left, bottom, right, top).filter((row) => this.isMet(row));
  }

  rowsInView() { return this.rowsWithin(0, 0, this.width, this.height); }

  /** The point to go to from the highlighted one: near, and within 45° of a direction of the element. */
  neighbor(dx, dy) {
    const [x, y] = [this.positions[2 * this.highlighted], this.positions[2 * this.highlighted + 1]];
    let [best, distance] = [this.highlighted, Infinity];
    for (let row = 0; row < this.count; row++) {
      if (!this.isMet(row)) continue;
      const [rx, ry] = [this.positions[2 * row] - x, y - this.positions[2 * row + 1]];
      const along = rx * dx + ry * dy;
      const across = Math.abs(rx * dy) + Math.abs(ry * dx);
      if (along <= 0 || across > along) continue;
      if (along + 2 * across < distance) [best, distance] = [row, along + 2 * across];
    }
    return best;
  }

  /** Says that rows were taken; `how` is "replace", "add" or "remove". */
  take(rows, kind, how = "replace") {
    const mask = how !== "replace" && this.selected ? Uint8Array.from(this.selected) : new Uint8Array(this.count);
    for (const row of rows) mask[row] = how === "remove" ? 0 : 1;
    const count = mask.reduce((sum, value) => sum + value, 0);
    this.controls.announce(`${count.toLocaleString()} of ${this.count.toLocaleString()} points are selected.`);
    this.emit("select", { mask, kind, count });
  }

  meet(row, isKeyboard = false) {
    if (row === this.highlighted && !isKeyboard) return;
    this.setHighlighted(row);
    const place = this.position(row) ?? { x: 0, y: 0 };
    this.emit("hover", { row, x: place.x, y: place.y, isKeyboard });
  }

  // Motion

  animateTo(xy, isAnimated = true) {
    if (xy.length !== this.positions.length) throw new RangeError("animateTo: another number of points");
    const run = (this.run = (this.run ?? 0) + 1);
    const end = () => {
      this.positions.set(xy);
      this.grid = new PointGrid(this.positions, this.located);
      this.change("positions");
      this.emit("moved", {});
    };
    if (!isAnimated || matchMedia("(prefers-reduced-motion: reduce)").matches) return end();
    const from = this.positions.slice();
    const start = performance.now();
    const step = (now) => {
      if (run !== this.run) return;
      const time = Math.min(1, Math.max(0, (now - start) / 450));
      if (time === 1) return end();
      const share = time * time * (3 - 2 * time);
      for (let i = 0; i < from.length; i++) this.positions[i] = from[i] + share * (xy[i] - from[i]);
      this.change("positions");
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  // Drawing

  makeRenderer(name) {
    this.renderer?.destroy();
    this.pointsCanvas?.remove();
    this.pointsCanvas = document.createElement("canvas");
    this.pointsCanvas.className = "point-map-points";
    this.pointsCanvas.setAttribute("aria-hidden", "true");
    this.element.prepend(this.pointsCanvas);
    this.renderer = name === "canvas" ? new CanvasPoints(this.pointsCanvas)
      : WebGLPoints.make(this.pointsCanvas, this.wantedRenderer === "webgl", () => this.fallBack());
    if (!this.renderer) return this.makeRenderer("canvas");
    this.element.dataset.renderer = this.rendererName;
    this.isReady = false;
  }

  get rendererName() { return this.renderer.name; }

  /** Draws without WebGL from now on: a canvas that lost it stays blank. */
  fallBack() {
    if (this.rendererName === "canvas" || this.isDestroyed) return;
    this.makeRenderer("canvas");
    this.change("positions", "colors", "order");
  }

  change(...parts) {
    for (const part of parts) this.dirty.add(part);
    if (parts.includes("order") || parts.includes("positions")) this.images.forget();
    this.redrawOverlay();
  }

  redraw() { this.change("view"); }

  redrawOverlay() {
    this.isOverlayDirty = true;
    this.frame ??= requestAnimationFrame(() => this.draw());
  }

  resize() {
    const [width, height] = [this.element.clientWidth, this.element.clientHeight];
    // More than two device pixels a CSS pixel cost time that nobody sees.
    const scale = Math.min(2, window.devicePixelRatio || 1);
    if (width === this.width && height === this.height && scale === this.scale) return;
    Object.assign(this, { width, height, scale });
    this.change("view");
  }

  readStyle() {
    const style = getComputedStyle(this.element);
    const color = (name, or) => style.getPropertyValue(name).trim() || or;
    this.style = {
      ground: color("--raised", "#f5f6f8"), rest: color("--point-rest", "#9aa3b0"), text: color("--text", "#1c2026"),
      halo: color("--ground", "#ffffff"), accent: color("--accent", "#0b61a4"),
    };
  }

  restyle() {
    this.readStyle();
    this.change("colors");
  }

  /** Red, green, blue and shape of every row, a byte each. */
  makeColors() {
    const { codes, values, isThere, palette, shapes } = this.coloring ?? {};
    const rest = PointMarks.packed(this.style.rest, 0);
    if (codes) {
      let marks = [];
      if (palette) marks = palette.map((color, code) => PointMarks.packed(color, shapes ? shapes[code] : 0));
      else for (const code of new Set(codes)) marks[code] = PointMarks.packedMark(code);
      for (let row = 0; row < this.count; row++) this.colors[row] = marks[codes[row]] ?? rest;
    } else if (values) {
      const [lower, upper] = this.numberRange;
      const ramp = Array.from({ length: 256 }, (_, step) => PointMarks.packed(PointMarks.ramp(step / 255), 0));
      for (let row = 0; row < this.count; row++) {
        const share = upper > lower ? (values[row] - lower) / (upper - lower) : 0.5;
        this.colors[row] = isThere(row) ? ramp[Math.round(255 * Math.min(1, Math.max(0, share)))] : rest;
      }
    } else {
      this.colors.fill(PointMarks.packedMark(0));
    }
  }

  /** Rows in the order in which they are drawn: the gray ones, then the others. */
  makeOrder() {
    const [dim, bright] = [[], []];
    for (let row = 0; row < this.count; row++) {
      if (this.located[row]) (this.isBright(row) ? bright : dim).push(row);
    }
    this.order = Uint32Array.from(dim.concat(bright));
    this.dimCount = dim.length;
  }

  get radius() {
    const many = this.count > 30000 ? 1.6 : this.count > 3000 ? 2.1 : this.count > 800 ? 2.9 : 4;
    const narrow = Math.max(1.4, many * Math.min(1, this.width / 520 + 0.25));
    return Math.max(narrow, Math.min(6, narrow * this.view.zoom ** 0.3));
  }

  draw() {
    this.frame = null;
    if (!(this.width > 0 && this.height > 0) || this.isDestroyed) return;
    if (this.dirty.size > 0) {
      if (this.dirty.has("colors")) this.makeColors();
      if (this.dirty.has("order")) this.makeOrder();
      this.renderer.draw({
        width: Math.round(this.width * this.scale), height: Math.round(this.height * this.scale),
        x: this.view.x, y: this.view.y, unit: this.unit * this.scale, radius: Math.round(4 * this.radius * this.scale) / 4,
        ground: PointMarks.rgb(this.style.ground), rest: PointMarks.rgb(this.style.rest),
        opacity: this.count > 3000 ? 0.8 : 0.9, restOpacity: 0.35,
        positions: this.positions, colors: this.colors, order: this.order, dimCount: this.dimCount,
      }, this.dirty);
      this.dirty.clear();
    }
    if (this.isOverlayDirty) this.overlay.draw();
    this.isOverlayDirty = false;
    if (this.hasMoved) this.emit("camera", this.camera);
    this.hasMoved = false;
    if (this.isReady || !this.hasPoints) return;
    this.isReady = true;
    // A driver that draws nothing says nothing: what lies on the canvas is looked at once.
    if (this.rowsInView().length > 0 && this.renderer.isBlank?.()) return this.fallBack();
    this.emit("ready", { renderer: this.rendererName });
  }

  emit(name, detail) { this.dispatchEvent(new CustomEvent(name, { detail })); }

  destroy() {
    this.isDestroyed = true;
    this.run = (this.run ?? 0) + 1;
    this.observer.disconnect();
    PointMarks.darkScheme.removeEventListener("change", this.schemeListener);
    this.renderer.destroy();
    this.controls.destroy();
    for (const part of [this.pointsCanvas, this.surface]) part.remove();
    this.element.classList.remove("point-map", "embedded");
    for (const name of ["renderer", "mode"]) delete this.element.dataset[name];
  }
}
