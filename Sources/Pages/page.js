"use strict";

// MARK: Tables

/** The number that a cell shows first; null for a text and for an empty cell. */
function numberIn(text) {
  const shown = text.trim().replace(/−/g, "-").replace(/^(-?)∞/, "$1Infinity").replace(/^[<≤]\s*/, "");
  const number = parseFloat(shown);
  return Number.isNaN(number) ? null : number;
}

/** Sorts a table by a column: ascending, then descending; empty cells stay last. */
function sortTable(table, column, header) {
  const direction = header.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  const body = table.tBodies[0];
  const isNumeric = header.classList.contains("number");
  const rows = Array.from(body.rows, (row) => {
    const text = row.cells[column].textContent.trim();
    return { row, text, number: isNumeric ? numberIn(text) : null };
  });
  rows.sort((a, b) => {
    const isEmptyA = isNumeric ? a.number === null : a.text === "";
    const isEmptyB = isNumeric ? b.number === null : b.text === "";
    if (isEmptyA || isEmptyB) return isEmptyA - isEmptyB;
    if (!isNumeric) return direction * a.text.localeCompare(b.text, "en");
    return a.number === b.number ? 0 : a.number < b.number ? -direction : direction;
  });
  for (const other of header.parentNode.cells) other.setAttribute("aria-sort", "none");
  header.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
  body.append(...rows.map((entry) => entry.row));
}

for (const table of document.querySelectorAll("table.sortable")) {
  Array.from(table.tHead.rows[0].cells).forEach((header, column) => {
    header.firstElementChild.addEventListener("click", () => sortTable(table, column, header));
  });
}

// MARK: Thumbnails

const dataElement = document.getElementById("page-data");
const page = dataElement ? JSON.parse(dataElement.textContent) : null;

function bytes(base64) {
  const text = atob(base64);
  const result = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) result[i] = text.charCodeAt(i);
  return result;
}

const words = (base64) => new Uint16Array(bytes(base64).buffer);
const words32 = (base64) => new Uint32Array(bytes(base64).buffer);

const sheets = [];

/** The sheet of thumbnails of that number; decoded when it is first asked for. */
function sheet(index) {
  sheets[index] ??= new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error("sheet " + index + " of the thumbnails is damaged"));
    image.src = "data:image/jpeg;base64," + document.getElementById("sheet-" + index).textContent;
  });
  return sheets[index];
}

const thumbnailSizes = page && page.thumbnails ? bytes(page.thumbnails.sizes) : null;

/** Draws the thumbnail of a row into a canvas of one tile; false when there is none. */
function drawThumbnail(canvas, row, isWanted = () => true) {
  if (!thumbnailSizes || !(thumbnailSizes[2 * row] > 0)) return false;
  const { tile, columns, rows } = page.thumbnails;
  const place = row % (columns * rows);
  const [width, height] = [thumbnailSizes[2 * row], thumbnailSizes[2 * row + 1]];
  canvas.width = canvas.height = tile;
  sheet(Math.floor(row / (columns * rows))).then((image) => {
    if (!isWanted()) return;
    canvas.getContext("2d").drawImage(
      image, (place % columns) * tile, Math.floor(place / columns) * tile, width, height,
      Math.floor((tile - width) / 2), Math.floor((tile - height) / 2), width, height);
  });
  return true;
}

// A long list of them waits until it is looked at.
const thumbnailObserver = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    thumbnailObserver.unobserve(entry.target);
    drawThumbnail(entry.target, Number(entry.target.dataset.row));
  }
});
for (const canvas of document.querySelectorAll("canvas[data-row]")) thumbnailObserver.observe(canvas);

// MARK: Layouts

// Okabe and Ito's colours that show on light and dark ground, times seven shapes: 49 marks.
const hues = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6bd1"];
const shapes = [
  (p, r) => p.arc(0, 0, r, 0, 2 * Math.PI),
  (p, r) => p.rect(-r * 0.88, -r * 0.88, r * 1.76, r * 1.76),
  (p, r) => polygon(p, r * 1.15, 3, -Math.PI / 2),
  (p, r) => polygon(p, r * 1.1, 4, 0),
  (p, r) => polygon(p, r * 1.15, 3, Math.PI / 2),
  (p, r) => cross(p, r, 0),
  (p, r) => cross(p, r, Math.PI / 4),
];

function polygon(path, radius, corners, start) {
  for (let i = 0; i < corners; i++) {
    const angle = start + (2 * Math.PI * i) / corners;
    path.lineTo(radius * Math.cos(angle), radius * Math.sin(angle));
  }
  path.closePath();
}

function cross(path, radius, turn) {
  const arm = [[1, -0.33], [1, 0.33], [0.33, 0.33]];
  for (let i = 0; i < 12; i++) {
    const [x, y] = arm[i % 3];
    const angle = turn + (Math.PI / 2) * Math.floor(i / 3);
    path.lineTo(
      radius * (x * Math.cos(angle) - y * Math.sin(angle)), radius * (x * Math.sin(angle) + y * Math.cos(angle)));
  }
  path.closePath();
}

/** A mark as a small image, `radius` in device pixels. */
function mark(shape, color, radius) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.ceil(2.5 * radius) + 2;
  const context = canvas.getContext("2d");
  context.translate(canvas.width / 2, canvas.height / 2);
  context.beginPath();
  shapes[shape](context, radius);
  context.fillStyle = color;
  context.fill();
  return canvas;
}

class LayoutMap {
  constructor(root) {
    this.root = root;
    this.canvas = root.querySelector("canvas.points");
    this.card = root.querySelector(".card");
    this.cardText = this.card.querySelector("div");
    this.legend = root.querySelector(".legend");
    this.quality = root.querySelector(".quality");
    this.status = root.querySelector("[role=status]");
    this.fields = {};
    for (const field of root.querySelectorAll("[name]")) this.fields[field.name] = field;
    this.labels = words(page.labels);
    this.groups = page.layouts.map((group) => ({
      ...group, rows: group.rows ? words32(group.rows) : null, levels: {}, encoded: group.levels,
    }));
    this.predicted = page.predicted ? words(page.predicted) : null;
    this.confidence = page.confidence ? bytes(page.confidence) : null;
    this.highlighted = -1;
    this.selected = -1;
    this.isPinned = false;
    this.fillFields();
    this.choose();
    this.listen();
    this.resize();
  }

  // What is chosen

  fillFields() {
    const names = { tsne: "t-SNE", umap: "UMAP", pca: "PCA", joint: "all levels together", own: "each level alone",
      all: "all images", sample: "sample of classes" };
    const fill = (name, values, text = (value) => names[value] ?? value) => {
      const field = this.fields[name];
      field.replaceChildren(...values.map((value) => new Option(text(value), value)));
      field.parentNode.hidden = values.length < 2;
      field.parentNode.style.display = values.length < 2 ? "none" : "";
    };
    const distinct = (values) => Array.from(new Set(values));
    fill("method", distinct(this.groups.map((group) => group.method)));
    fill("frame", distinct(this.groups.map((group) => group.frame)));
    fill("scope", distinct(this.groups.map((group) => group.scope)));
    fill("noise", distinct(page.conditions.filter((c) => c.noise !== "none").map((c) => c.noise)));
    fill("seed", distinct(page.conditions.filter((c) => c.seed !== "").map((c) => c.seed)));
    fill("coloring", this.predicted ? ["class", "correct"] : ["class"],
      (value) => ({ class: "class", correct: "right or wrong" })[value]);
  }

  /** The group and the levels that the fields name; another group when there is none. */
  choose() {
    const value = (name) => this.fields[name].value;
    const fits = (group, names) => names.every((name) => group[name] === value(name));
    this.group = this.groups.find((group) => fits(group, ["method", "frame", "scope"]))
      ?? this.groups.find((group) => fits(group, ["method", "scope"]))
      ?? this.groups.find((group) => fits(group, ["method"])) ?? this.groups[0];
    for (const name of ["method", "frame", "scope"]) this.fields[name].value = this.group[name];
    this.steps = page.conditions.map((condition, index) => ({ ...condition, index })).filter((c) =>
      String(c.index) in this.group.encoded
      && (c.noise === "none" || (c.noise === value("noise") && (c.seed === "" || c.seed === value("seed")))));
    const slider = this.fields.level;
    slider.max = String(Math.max(0, this.steps.length - 1));
    slider.disabled = this.steps.length < 2;
    this.rowCount = this.group.rows ? this.group.rows.length : this.labels.length;
    if (this.selected >= this.rowCount) this.selected = -1;
    this.fillLegend();
    this.toLevel(false);
  }

  row(point) { return this.group.rows ? this.group.rows[point] : point; }

  coordinates(condition) {
    return (this.group.levels[condition] ??= words(this.group.encoded[condition]));
  }

  toLevel(isAnimated) {
    const step = this.steps[Math.min(Number(this.fields.level.value), this.steps.length - 1)];
    this.step = step;
    this.fields.level.setAttribute("aria-valuetext", step.label);
    this.root.querySelector("output").textContent = step.label;
    this.quality.textContent = this.group.quality[step.index] ?? "";
    const target = this.coordinates(step.index);
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    // Only in one map for all levels does the way from one to the next mean anything.
    if (!isAnimated || isStill || this.group.frame !== "joint" || !this.positions) {
      this.positions = Float32Array.from(target);
      this.showCard();
      this.draw();
      return;
    }
    const from = this.positions.slice();
    const start = performance.now();
    const run = (this.run = (this.run ?? 0) + 1);
    const frame = (now) => {
      if (run !== this.run) return;
      const time = Math.min(1, Math.max(0, (now - start) / 450));
      const share = time * time * (3 - 2 * time);
      for (let i = 0; i < from.length; i++) this.positions[i] = from[i] + share * (target[i] - from[i]);
      this.draw();
      if (time < 1) requestAnimationFrame(frame);
      else this.showCard();
    };
    requestAnimationFrame(frame);
  }

  // Drawing

  resize() {
    this.scale = window.devicePixelRatio || 1;
    const box = this.canvas.getBoundingClientRect();
    this.width = box.width;
    this.height = box.height;
    this.canvas.width = Math.round(box.width * this.scale);
    this.canvas.height = Math.round(box.height * this.scale);
    this.restyle();
  }

  restyle() {
    const style = getComputedStyle(document.documentElement);
    this.restColor = style.getPropertyValue("--point-rest").trim();
    this.textColor = style.getPropertyValue("--text").trim();
    this.marks = null;
    this.draw();
  }

  makeMarks() {
    const size = this.rowCount > 3000 ? 2.1 : this.rowCount > 800 ? 2.9 : 4;
    const radius = Math.max(1.6, size * Math.min(1, this.width / 520 + 0.25)) * this.scale;
    this.marks = {
      classes: page.classes.map((_, index) =>
        mark(Math.floor(index / hues.length) % shapes.length, hues[index % hues.length], radius)),
      rest: mark(0, this.restColor, radius * 0.75),
      right: mark(0, "#0072b2", radius),
      wrong: mark(6, "#d55e00", radius * 1.2),
    };
  }

  place(x, y) {
    const side = Math.min(this.width, this.height) - 24;
    return [
      (this.width - side) / 2 + (side * x) / 65535,
      this.height - (this.height - side) / 2 - (side * y) / 65535,
    ];
  }

  isCorrect(row) { return this.predicted[this.step.index * this.labels.length + row] === this.labels[row]; }

  draw() {
    if (!this.width || !this.positions) return;
    if (!this.marks) this.makeMarks();
    const context = this.canvas.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    const isByCorrect = this.fields.coloring.value === "correct" && this.predicted;
    const put = (point, image) => {
      const [x, y] = this.place(this.positions[2 * point], this.positions[2 * point + 1]);
      context.drawImage(
        image, Math.round(x * this.scale - image.width / 2), Math.round(y * this.scale - image.height / 2));
    };
    const markOf = (row) => isByCorrect
      ? (this.isCorrect(row) ? this.marks.right : this.marks.wrong) : this.marks.classes[this.labels[row]];
    if (this.highlighted < 0) {
      context.globalAlpha = this.rowCount > 3000 ? 0.8 : 0.9;
      for (let point = 0; point < this.rowCount; point++) put(point, markOf(this.row(point)));
    } else {
      context.globalAlpha = 0.3;
      for (let point = 0; point < this.rowCount; point++) {
        if (this.labels[this.row(point)] !== this.highlighted) put(point, this.marks.rest);
      }
      context.globalAlpha = 1;
      for (let point = 0; point < this.rowCount; point++) {
        const row = this.row(point);
        if (this.labels[row] === this.highlighted) put(point, markOf(row));
      }
    }
    context.globalAlpha = 1;
    if (this.selected >= 0) this.drawSelection(context);
  }

  /** A ring around the chosen point and, in one map for all levels, its way through them. */
  drawSelection(context) {
    context.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    context.strokeStyle = this.textColor;
    const at = (values) => this.place(values[2 * this.selected], values[2 * this.selected + 1]);
    if (this.group.frame === "joint" && this.steps.length > 1) {
      context.lineWidth = 1;
      context.setLineDash([4, 3]);
      context.beginPath();
      for (const step of this.steps) context.lineTo(...at(this.coordinates(step.index)));
      context.stroke();
      context.setLineDash([]);
    }
    context.lineWidth = 2;
    context.beginPath();
    context.arc(...at(this.positions), 8, 0, 2 * Math.PI);
    context.stroke();
  }

  fillLegend() {
    const present = new Set();
    for (let point = 0; point < this.rowCount; point++) present.add(this.labels[this.row(point)]);
    if (!present.has(this.highlighted)) this.highlighted = -1;
    this.legend.replaceChildren(...Array.from(present).sort((a, b) => a - b).map((index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-pressed", String(index === this.highlighted));
      const swatch = mark(Math.floor(index / hues.length) % shapes.length, hues[index % hues.length], 10);
      swatch.setAttribute("aria-hidden", "true");
      button.append(swatch, page.classes[index]);
      button.addEventListener("click", () => this.highlight(index === this.highlighted ? -1 : index));
      button.dataset.index = String(index);
      return button;
    }));
    this.marks = null;
  }

  highlight(index) {
    this.highlighted = index;
    for (const button of this.legend.children) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.index) === index));
    }
    this.draw();
  }

  // The card of a point

  describe(row) {
    const lines = [["class", page.classes[this.labels[row]]]];
    if (this.predicted) {
      const at = this.step.index * this.labels.length + row;
      const prediction = this.predicted[at];
      if (prediction !== 65535) {
        const isRight = prediction === this.labels[row];
        lines.push(["taken for", page.classes[prediction] + (isRight ? " (right)" : " (wrong)")]);
        lines.push(["confidence", Math.round((this.confidence[at] / 255) * 100) + " %"]);
      }
    }
    lines.push(["at", this.step.label], ["image", page.paths[row]]);
    return lines;
  }

  showCard() {
    const isShown = this.selected >= 0;
    this.card.hidden = !isShown;
    if (!isShown) return;
    const row = this.row(this.selected);
    const lines = this.describe(row);
    this.cardText.replaceChildren(...lines.map(([name, text]) => {
      const line = document.createElement("div");
      const strong = document.createElement("strong");
      strong.textContent = text;
      line.append(name + " ", strong);
      return line;
    }));
    if (this.isPinned) this.status.textContent = lines.map((line) => line.join(" ")).join(", ");
    const canvas = this.card.querySelector("canvas");
    canvas.width = canvas.height = 48;
    const wanted = this.selected;
    canvas.hidden = !drawThumbnail(canvas, row, () => wanted === this.selected);
    const [x, y] = this.place(this.positions[2 * this.selected], this.positions[2 * this.selected + 1]);
    const [width, height] = [this.card.offsetWidth, this.card.offsetHeight];
    let left = x + 14 + width > this.width ? x - 14 - width : x + 14;
    left = Math.max(4, Math.min(left, this.width - width - 4));
    let top = y - height / 2;
    // Not over the point itself where the map is too narrow for a card beside it.
    if (left < x + 8 && left + width > x - 8) top = y + 16 + height > this.height ? y - 16 - height : y + 16;
    top = Math.max(4, Math.min(top, this.height - height - 4));
    this.card.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  select(point, isPinned) {
    this.isPinned = isPinned;
    if (point === this.selected && !isPinned) return;
    this.selected = point;
    this.showCard();
    this.draw();
  }

  nearest(x, y, limit) {
    let [best, distance] = [-1, limit * limit];
    for (let point = 0; point < this.rowCount; point++) {
      if (this.highlighted >= 0 && this.labels[this.row(point)] !== this.highlighted) continue;
      const [px, py] = this.place(this.positions[2 * point], this.positions[2 * point + 1]);
      const square = (px - x) ** 2 + (py - y) ** 2;
      if (square < distance) [best, distance] = [point, square];
    }
    return best;
  }

  /** The point to go to from the chosen one: near, and within 45° of a direction. */
  neighbor(dx, dy) {
    const [x, y] = this.place(this.positions[2 * this.selected], this.positions[2 * this.selected + 1]);
    let [best, distance] = [this.selected, Infinity];
    for (let point = 0; point < this.rowCount; point++) {
      if (point === this.selected || (this.highlighted >= 0 && this.labels[this.row(point)] !== this.highlighted)) continue;
      const [px, py] = this.place(this.positions[2 * point], this.positions[2 * point + 1]);
      const along = (px - x) * dx + (py - y) * dy;
      const across = Math.abs((px - x) * dy) + Math.abs((py - y) * dx);
      if (along <= 0.5 || across > along) continue;
      if (along + 2 * across < distance) [best, distance] = [point, along + 2 * across];
    }
    return best;
  }

  listen() {
    for (const name of ["method", "frame", "scope", "noise", "seed"]) {
      this.fields[name].addEventListener("change", () => { this.choose(); this.draw(); });
    }
    this.fields.coloring.addEventListener("change", () => this.draw());
    this.fields.level.addEventListener("input", () => this.toLevel(true));
    const position = (event) => {
      const box = this.canvas.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    this.canvas.addEventListener("pointermove", (event) => {
      if (event.pointerType === "mouse" && !this.isPinned) this.select(this.nearest(...position(event), 14), false);
    });
    this.canvas.addEventListener("pointerleave", () => { if (!this.isPinned) this.select(-1, false); });
    this.canvas.addEventListener("click", (event) => {
      const point = this.nearest(...position(event), 22);
      this.select(point, point >= 0);
    });
    this.canvas.addEventListener("keydown", (event) => {
      const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (direction) {
        event.preventDefault();
        this.select(
          this.selected < 0 ? this.nearest(this.width / 2, this.height / 2, Infinity) : this.neighbor(...direction), true);
      } else if (event.key === "Escape") {
        this.select(-1, false);
        this.highlight(-1);
      } else if (event.key === "Enter" && this.selected >= 0) {
        const label = this.labels[this.row(this.selected)];
        this.highlight(this.highlighted === label ? -1 : label);
      }
    });
    new ResizeObserver(() => { this.resize(); this.showCard(); }).observe(this.canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.restyle());
  }
}

const mapElement = document.querySelector(".map");
if (page && page.layouts && page.layouts.length > 0 && mapElement) {
  // After the first paint: the words are there before the map.
  requestAnimationFrame(() => setTimeout(() => {
    new LayoutMap(mapElement);
    document.documentElement.dataset.map = "drawn";
  }));
}
