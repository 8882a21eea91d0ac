"use strict";

// MARK: Layouts

class LayoutMap {
  constructor(root) {
    this.root = root;
    this.canvas = root.querySelector("canvas.points");
    this.card = root.querySelector(".card");
    this.cardText = this.card.querySelector("div");
    this.legend = root.querySelector(".legend");
    this.quality = root.querySelector(".quality");
    this.picked = root.querySelector(".picked");
    this.status = root.querySelector("[role=status]");
    this.fields = {};
    for (const field of root.querySelectorAll("[name]")) this.fields[field.name] = field;
    this.labels = words(page.labels);
    this.groups = page.layouts.map((group) => ({
      ...group, rows: group.rows ? words32(group.rows) : null, levels: {}, encoded: group.levels,
    }));
    this.predicted = page.predicted ? words(page.predicted) : null;
    this.confidence = page.confidence ? bytes(page.confidence) : null;
    // The classes that are picked out, and the class that their images are to be taken for; none is all.
    this.highlighted = new Set();
    this.predictedFor = -1;
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
      classes: page.classes.map((_, index) => classMark(index, radius)),
      rest: mark(0, this.restColor, radius * 0.75),
      right: rightMark(radius),
      wrong: wrongMark(radius),
    };
  }

  place(x, y) {
    const side = Math.min(this.width, this.height) - 24;
    return [
      (this.width - side) / 2 + (side * x) / 65535,
      this.height - (this.height - side) / 2 - (side * y) / 65535,
    ];
  }

  prediction(row) { return this.predicted ? this.predicted[this.step.index * this.labels.length + row] : 65535; }

  /** Whether an image is among those that are picked out. */
  isPicked(row) {
    return this.highlighted.has(this.labels[row])
      && (this.predictedFor < 0 || this.prediction(row) === this.predictedFor);
  }

  isHidden(row) { return this.highlighted.size > 0 && !this.isPicked(row); }

  get isByCorrect() { return this.fields.coloring.value === "correct" && this.predicted !== null; }

  isCorrect(row) { return this.prediction(row) === this.labels[row]; }

  draw() {
    if (!this.width || !this.positions) return;
    if (!this.marks) this.makeMarks();
    const context = this.canvas.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    const isByCorrect = this.isByCorrect;
    const put = (point, image) => {
      const [x, y] = this.place(this.positions[2 * point], this.positions[2 * point + 1]);
      context.drawImage(
        image, Math.round(x * this.scale - image.width / 2), Math.round(y * this.scale - image.height / 2));
    };
    const markOf = (row) => isByCorrect
      ? (this.isCorrect(row) ? this.marks.right : this.marks.wrong) : this.marks.classes[this.labels[row]];
    if (this.highlighted.size === 0) {
      context.globalAlpha = this.rowCount > 3000 ? 0.8 : 0.9;
      for (let point = 0; point < this.rowCount; point++) put(point, markOf(this.row(point)));
    } else {
      context.globalAlpha = 0.3;
      for (let point = 0; point < this.rowCount; point++) {
        if (!this.isPicked(this.row(point))) put(point, this.marks.rest);
      }
      context.globalAlpha = 1;
      for (let point = 0; point < this.rowCount; point++) {
        const row = this.row(point);
        if (this.isPicked(row)) put(point, markOf(row));
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
    if (![...this.highlighted].some((index) => present.has(index))) this.highlighted = new Set();
    const isByCorrect = this.isByCorrect;
    const key = (swatch, text) => {
      const line = document.createElement("div");
      line.className = "key";
      swatch.setAttribute("aria-hidden", "true");
      line.append(swatch, text);
      return line;
    };
    const keys = isByCorrect ? [key(rightMark(10), "right"), key(wrongMark(10), "wrong")] : [];
    const classes = Array.from(present).sort((a, b) => a - b).map((index) => {
      const button = document.createElement("button");
      button.type = "button";
      // By right and wrong, a class has no mark of its own.
      if (!isByCorrect) {
        const swatch = classMark(index, 10);
        swatch.setAttribute("aria-hidden", "true");
        button.append(swatch);
      }
      button.append(page.classes[index]);
      button.addEventListener("click", () => {
        const isAlone = this.highlighted.size === 1 && this.highlighted.has(index) && this.predictedFor < 0;
        this.highlight(isAlone ? [] : [index]);
      });
      button.dataset.index = String(index);
      return button;
    });
    this.legend.replaceChildren(...keys, ...classes);
    this.pressLegend();
    this.marks = null;
  }

  pressLegend() {
    for (const button of this.legend.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(this.highlighted.has(Number(button.dataset.index))));
    }
  }

  /** Picks out classes, or of their images those that are taken for one class. */
  highlight(classes, predictedFor = -1) {
    this.highlighted = new Set(classes);
    this.predictedFor = predictedFor;
    this.pressLegend();
    this.picked.textContent = this.pickedText();
    this.draw();
  }

  pickedText() {
    if (this.highlighted.size === 0) return "";
    const names = [...this.highlighted].map((index) => page.classes[index]).join(" and ");
    if (this.predictedFor < 0) return `Picked out: ${names}.`;
    return `Picked out: ${names} taken for ${page.classes[this.predictedFor]} at this level. Escape lets go.`;
  }

  /** Goes to what a link names: a condition, classes, an image. */
  focus(wanted) {
    if (wanted.condition) {
      const condition = page.conditions[Number(wanted.condition)];
      for (const name of ["noise", "seed"]) {
        if (condition[name] !== "" && condition[name] !== "none") this.fields[name].value = condition[name];
      }
      this.choose();
      const step = this.steps.findIndex((other) => other.index === Number(wanted.condition));
      if (step >= 0) this.fields.level.value = String(step);
      this.toLevel(false);
    }
    const classes = (wanted.classes ?? "").split(" ").filter((text) => text !== "").map(Number);
    this.highlight(classes, wanted.predicted ? Number(wanted.predicted) : -1);
    if (!wanted.image) {
      this.select(-1, false);
      return;
    }
    const row = Number(wanted.image);
    const point = this.group.rows ? this.group.rows.indexOf(row) : row;
    this.select(point, point >= 0);
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
      if (this.isHidden(this.row(point))) continue;
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
      if (point === this.selected || this.isHidden(this.row(point))) continue;
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
    this.fields.coloring.addEventListener("change", () => { this.fillLegend(); this.draw(); });
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
        this.highlight([]);
      } else if (event.key === "Enter" && this.selected >= 0) {
        const label = this.labels[this.row(this.selected)];
        this.highlight(this.highlighted.has(label) ? [] : [label]);
      }
    });
    new ResizeObserver(() => { this.resize(); this.showCard(); }).observe(this.canvas);
    darkScheme.addEventListener("change", () => { this.fillLegend(); this.restyle(); });
  }
}

const mapElement = document.querySelector(".map");
if (page && page.layouts && page.layouts.length > 0 && mapElement) {
  // After the first paint: the words are there before the map.
  requestAnimationFrame(() => setTimeout(() => {
    window.layoutMap = new LayoutMap(mapElement);
    document.documentElement.dataset.map = "drawn";
  }));
}
