"use strict";

/**
 * The marks of points: Okabe and Ito's colors, the same lighter for dark ground, times seven shapes are 49 marks.
 * A mark is packed into a number: red, green, blue and shape, a byte each, the lowest first.
 */
const PointMarks = {
  darkScheme: matchMedia("(prefers-color-scheme: dark)"),
  huesOnLight: ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6bd1"],
  huesOnDark: ["#3f8fd6", "#ff7a33", "#22c796", "#ee9fca", "#f5b93a", "#9bdcff", "#b39bf5"],
  get hues() { return this.darkScheme.matches ? this.huesOnDark : this.huesOnLight; },

  /** Adds a shape of a radius around 0, 0 to a path. */
  shapes: [
    (path, r) => path.arc(0, 0, r, 0, 2 * Math.PI),
    (path, r) => path.rect(-r * 0.88, -r * 0.88, r * 1.76, r * 1.76),
    (path, r) => PointMarks.polygon(path, r * 1.15, 3, -Math.PI / 2),
    (path, r) => PointMarks.polygon(path, r * 1.1, 4, 0),
    (path, r) => PointMarks.polygon(path, r * 1.15, 3, Math.PI / 2),
    (path, r) => PointMarks.cross(path, r, 0),
    (path, r) => PointMarks.cross(path, r, Math.PI / 4),
  ],

  polygon(path, radius, corners, start) {
    for (let i = 0; i < corners; i++) {
      const angle = start + (2 * Math.PI * i) / corners;
      path.lineTo(radius * Math.cos(angle), radius * Math.sin(angle));
    }
    path.closePath();
  },

  cross(path, radius, turn) {
    const arm = [[1, -0.33], [1, 0.33], [0.33, 0.33]];
    for (let i = 0; i < 12; i++) {
      const [x, y] = arm[i % 3];
      const angle = turn + (Math.PI / 2) * Math.floor(i / 3);
      path.lineTo(
        radius * (x * Math.cos(angle) - y * Math.sin(angle)), radius * (x * Math.sin(angle) + y * Math.cos(angle)));
    }
    path.closePath();
  },

  /** The color and the shape of a class by its index. */
  mark(index) {
    const hues = this.hues;
    return { color: hues[index % hues.length], shape: Math.floor(index / hues.length) % this.shapes.length };
  },

  /** A mark as a small image, `radius` in its pixels. */
  draw(shape, color, radius) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = this.side(radius);
    // A graphics card would round the edges otherwise than the processor does.
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.translate(canvas.width / 2, canvas.height / 2);
    context.beginPath();
    this.shapes[shape](context, radius);
    context.fillStyle = color;
    context.fill();
    return canvas;
  },

  /** The mark of a class as a small image, for legends. */
  drawMark(index, radius = 10) {
    const { color, shape } = this.mark(index);
    return this.draw(shape, color, radius);
  },

  /** An odd number of pixels that holds every shape, so that its middle is a pixel's. */
  side(radius) { return 2 * Math.ceil(1.16 * radius) + 1; },

  /** How far a shape covers the pixels of its square, from 0 to 255. */
  coverage(shape, radius) {
    const side = this.side(radius);
    const rgba = this.draw(shape, "#fff", radius).getContext("2d").getImageData(0, 0, side, side).data;
    return Uint8Array.from({ length: side * side }, (_, pixel) => rgba[4 * pixel + 3]);
  },

  parsed: new Map(),

  /** Red, green and blue of a CSS color. */
  rgb(color) {
    if (!this.parsed.has(color)) {
      this.pixel ??= Object.assign(document.createElement("canvas"), { width: 1, height: 1 })
        .getContext("2d", { willReadFrequently: true });
      this.pixel.fillStyle = "#000";
      this.pixel.fillStyle = color;
      this.pixel.fillRect(0, 0, 1, 1);
      this.parsed.set(color, Array.from(this.pixel.getImageData(0, 0, 1, 1).data.subarray(0, 3)));
    }
    return this.parsed.get(color);
  },

  packed(color, shape) {
    const [red, green, blue] = this.rgb(color);
    return (red | (green << 8) | (blue << 16) | (shape << 24)) >>> 0;
  },

  /** The color of a packed mark. */
  css: (packed) => `rgb(${packed & 255},${(packed >> 8) & 255},${(packed >> 16) & 255})`,

  packedMark(index) {
    const { color, shape } = this.mark(index);
    return this.packed(color, shape);
  },

  /** Viridis (van der Walt and Smith, CC0) at ten places. */
  viridis: ["#440154", "#482878", "#3e4989", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725"],

  /** The color of a number between 0 and 1, without the end that the ground hides. */
  ramp(share) {
    const at = 9 * (this.darkScheme.matches ? 0.2 + 0.8 * share : 0.92 * share);
    const step = Math.min(8, Math.floor(at));
    const [low, high] = [this.rgb(this.viridis[step]), this.rgb(this.viridis[step + 1])];
    return `rgb(${low.map((value, i) => Math.round(value + (at - step) * (high[i] - value))).join(",")})`;
  },
};
