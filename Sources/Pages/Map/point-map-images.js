"use strict";

/**
 * Images in place of dots, from sheets of thumbnails. At a zoom the images are chosen that do not overlap, in the order
 * of the rows, those that are selected first; the choice does not depend on what is in view, so that moving the map
 * changes none of them. All others remain dots.
 */
class PointMapImages {
  constructor(map) {
    this.map = map;
    // True and false are the reader's wish; null leaves it to the zoom.
    this.wanted = null;
    [this.isShown, this.shown] = [false, 0];
    this.sprites = null;
    this.forget();
  }

  use(sprites) {
    this.sprites = sprites;
    this.sheets = new Map();
    this.forget();
  }

  /** The choice is made anew when it is next asked for. */
  forget() { this.plan = null; }

  size(row) {
    if (!this.sprites.size) return [this.sprites.tile, this.sprites.tile];
    return this.sprites.size(row);
  }

  /** Where a row is on the sheets, tile by tile. */
  index(row) { return this.sprites.index ? this.sprites.index(row) : row; }

  /** A sheet once it is there; it is asked for the first time that this is called. */
  sheet(index) {
    if (!this.sheets.has(index)) {
      this.sheets.set(index, null);
      Promise.resolve(this.sprites.sheet(index)).then(async (source) => {
        const image = typeof source === "string" ? Object.assign(new Image(), { src: source }) : source;
        await image.decode?.();
        this.sheets.set(index, image);
        this.map.redrawOverlay();
      }).catch(() => { /* Without its sheet a point stays a dot. */ });
    }
    return this.sheets.get(index);
  }

  /** The rows whose images do not overlap, those in front first. */
  choose() {
    const { map } = this;
    // Steps of half an octave: while one zooms between them, the same images stay.
    const step = Math.floor(2 * Math.log2(map.view.zoom));
    const key = `${step} ${map.unit / map.view.zoom}`;
    if (this.plan?.key === key) return this.plan.rows;
    const cell = (this.sprites.tile + 4) / ((map.unit / map.view.zoom) * 2 ** (step / 2));
    const { positions, bounds } = map;
    const taken = new Map();
    const rows = [];
    const lines = 1 + Math.ceil((bounds.top - bounds.bottom) / cell) + 4;
    const take = (row) => {
      const [x, y] = [positions[2 * row], positions[2 * row + 1]];
      const at = Math.floor((x - bounds.left) / cell) * lines + Math.floor((y - bounds.bottom) / cell);
      if (taken.has(at)) return;
      for (let column = -lines; column <= lines; column += lines) {
        for (let line = -1; line <= 1; line++) {
          const other = taken.get(at + column + line);
          if (other !== undefined && Math.abs(positions[2 * other] - x) < cell
            && Math.abs(positions[2 * other + 1] - y) < cell) return;
        }
      }
      if (!this.size(row)) return;
      taken.set(at, row);
      rows.push(row);
    };
    const { order, dimCount } = map;
    for (let i = dimCount; i < order.length; i++) take(order[i]);
    for (let i = 0; i < dimCount; i++) if (map.isMet(order[i])) take(order[i]);
    this.plan = { key, rows };
    return rows;
  }

  /** Whether images are to be drawn at this zoom. */
  get isDue() {
    if (!this.sprites || !this.map.order) return false;
    if (this.wanted !== null) return this.wanted;
    if (this.map.view.zoom < 4) return false;
    const { width, height } = this.map;
    const { tile } = this.sprites;
    return this.map.rowsInView().length <= (width * height) / (2 * tile * tile);
  }

  /** Writes on an image how many other points lie under it: none is hidden in silence. */
  count(context, row, left, top, width, height) {
    const { map } = this;
    const [x0, y0] = map.coordinates(left, top + height);
    const [x1, y1] = map.coordinates(left + width, top);
    const covered = map.grid.count(x0, y0, x1, y1) - (map.located[row] ? 1 : 0);
    if (covered <= 0) return;
    const text = "+" + covered.toLocaleString();
    context.font = "600 10px system-ui, sans-serif";
    context.textBaseline = "bottom";
    const wide = context.measureText(text).width + 4;
    context.fillStyle = map.style.halo;
    context.fillRect(left + width - wide, top + height - 12, wide, 12);
    context.fillStyle = map.style.text;
    context.fillText(text, left + width - wide + 2, top + height);
  }

  draw(context) {
    const { map } = this;
    const isShown = this.isDue;
    const rows = isShown ? this.choose() : [];
    let shown = 0;
    if (isShown) {
      const { tile, columns, rows: lines } = this.sprites;
      for (const row of rows) {
        const [x, y] = map.place(map.positions[2 * row], map.positions[2 * row + 1]);
        if (x < -tile || y < -tile || x > map.width + tile || y > map.height + tile) continue;
        const index = this.index(row);
        const image = this.sheet(Math.floor(index / (columns * lines)));
        if (!image) continue;
        const [width, height] = this.size(row);
        const place = index % (columns * lines);
        const [left, top] = [Math.round(x - width / 2), Math.round(y - height / 2)];
        context.globalAlpha = map.isBright(row) ? 1 : 0.35;
        context.fillStyle = map.isBright(row) ? PointMarks.css(map.colors[row]) : map.style.rest;
        context.fillRect(left - 2, top - 2, width + 4, height + 4);
        // Where the tile is not full, the thumbnail lies in its first corner.
        context.drawImage(
          image, (place % columns) * tile, Math.floor(place / columns) * tile, width, height, left, top, width, height);
        this.count(context, row, left, top, width, height);
        shown += 1;
      }
      context.globalAlpha = 1;
    }
    if (isShown === this.isShown && shown === this.shown) return;
    [this.isShown, this.shown] = [isShown, shown];
    map.controls.update();
    map.controls.say();
    map.emit("images", { isShown, shown });
  }
}
