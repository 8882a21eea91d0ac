"use strict";

// MARK: Layouts

/** What a report shows on its map: layouts and levels to choose from, classes to pick out, the card of a point. */
class LayoutMap {
  constructor(root) {
    this.root = root;
    this.stage = root.querySelector(".stage");
    this.card = root.querySelector(".card");
    this.cardText = this.card.querySelector("div");
    this.legend = root.querySelector(".legend");
    this.quality = root.querySelector(".quality");
    this.picked = root.querySelector(".picked");
    this.status = root.querySelector(".unseen");
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
    this.map = new PointMap(this.stage, {
      controls: thumbnailSizes ? ["zoom", "images"] : ["zoom"], label: "Map of the embeddings", isEmbedded: true,
    });
    this.fillFields();
    this.choose();
    this.listen();
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
    this.isNew = true;
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
    const target = Float32Array.from(this.coordinates(step.index));
    if (this.isNew) {
      this.map.setPoints(target, null, { left: 0, right: 65535, bottom: 0, top: 65535 });
      this.useSprites();
    } else {
      // Only in one map for all levels does the way from one to the next mean anything.
      this.map.animateTo(target, isAnimated && this.group.frame === "joint");
    }
    this.isNew = false;
    this.recolor();
    this.pick();
    this.select(this.selected, this.isPinned);
  }

  useSprites() {
    if (!thumbnailSizes) return;
    const { tile, columns, rows } = page.thumbnails;
    this.map.setSprites({
      tile, columns, rows, sheet, index: (point) => this.row(point),
      size: (point) => {
        const row = this.row(point);
        return thumbnailSizes[2 * row] > 0 ? [thumbnailSizes[2 * row], thumbnailSizes[2 * row + 1]] : null;
      },
    });
  }

  prediction(row) { return this.predicted ? this.predicted[this.step.index * this.labels.length + row] : 65535; }

  /** Whether an image is among those that are picked out. */
  isPicked(row) {
    return this.highlighted.has(this.labels[row])
      && (this.predictedFor < 0 || this.prediction(row) === this.predictedFor);
  }

  get isByCorrect() { return this.fields.coloring.value === "correct" && this.predicted !== null; }

  isCorrect(row) { return this.prediction(row) === this.labels[row]; }

  recolor() {
    const rows = Array.from({ length: this.rowCount }, (_, point) => this.row(point));
    if (this.isByCorrect) {
      const codes = Uint8Array.from(rows, (row) => (this.isCorrect(row) ? 0 : 1));
      this.map.setColors(codes, LayoutMap.answers.map(([, mark]) => mark().color), [0, 6]);
    } else {
      this.map.setColors(Uint16Array.from(rows, (row) => this.labels[row]));
    }
  }

  /** Grays the points that are not picked out. */
  pick() {
    this.map.setFiltered(this.highlighted.size === 0 ? null
      : Uint8Array.from({ length: this.rowCount }, (_, point) => (this.isPicked(this.row(point)) ? 1 : 0)));
  }

  /** The way of the chosen image through all levels, where one map holds them. */
  get trail() {
    if (this.selected < 0 || this.group.frame !== "joint" || this.steps.length < 2) return null;
    return this.steps.flatMap(({ index }) =>
      Array.from(this.coordinates(index).subarray(2 * this.selected, 2 * this.selected + 2)));
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
    const keys = isByCorrect ? LayoutMap.answers.map(([name, mark]) => {
      const { color, shape } = mark();
      return key(PointMarks.draw(shape, color, 10), name);
    }) : [];
    const classes = Array.from(present).sort((a, b) => a - b).map((index) => {
      const button = document.createElement("button");
      button.type = "button";
      // By right and wrong, a class has no mark of its own.
      if (!isByCorrect) {
        const swatch = PointMarks.drawMark(index);
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
    this.pick();
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
    this.card.hidden = this.selected < 0;
    if (this.card.hidden) return;
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
    this.placeCard();
  }

  placeCard() {
    const place = this.map.position(this.selected);
    this.card.hidden = !place?.isVisible;
    if (this.card.hidden) return;
    const { x, y } = place;
    const { width: mapWidth, height: mapHeight } = this.map;
    const [width, height] = [this.card.offsetWidth, this.card.offsetHeight];
    let left = x + 14 + width > mapWidth ? x - 14 - width : x + 14;
    left = Math.max(4, Math.min(left, mapWidth - width - 4));
    let top = y - height / 2;
    // Not over the point itself where the map is too narrow for a card beside it.
    if (left < x + 8 && left + width > x - 8) top = y + 16 + height > mapHeight ? y - 16 - height : y + 16;
    top = Math.max(4, Math.min(top, mapHeight - height - 4));
    this.card.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  select(point, isPinned) {
    this.isPinned = isPinned && point >= 0;
    this.selected = point;
    this.map.setHighlighted(point);
    this.map.setTrail(this.trail);
    this.showCard();
  }

  listen() {
    for (const name of ["method", "frame", "scope", "noise", "seed"]) {
      this.fields[name].addEventListener("change", () => this.choose());
    }
    const color = () => { this.fillLegend(); this.recolor(); };
    this.fields.coloring.addEventListener("change", color);
    PointMarks.darkScheme.addEventListener("change", color);
    this.fields.level.addEventListener("input", () => this.toLevel(true));
    const on = (name, act) => this.map.addEventListener(name, ({ detail }) => act(detail));
    on("hover", ({ row, isKeyboard }) => {
      if (isKeyboard || !this.isPinned) this.select(row, isKeyboard);
      else this.map.setHighlighted(this.selected);
    });
    on("pick", ({ row, isKeyboard }) => {
      if (!isKeyboard) return this.select(row, true);
      if (row < 0) return;
      const label = this.labels[this.row(row)];
      this.highlight(this.highlighted.has(label) ? [] : [label]);
    });
    on("select", ({ kind }) => {
      if (kind !== "clear") return;
      this.select(-1, false);
      this.highlight([]);
    });
    for (const name of ["camera", "moved"]) on(name, () => this.placeCard());
    new ResizeObserver(() => this.placeCard()).observe(this.stage);
  }
}

/** The marks of images that are taken for what they are, and for another class. */
LayoutMap.answers = [
  ["right", () => ({ color: PointMarks.hues[0], shape: 0 })], ["wrong", () => ({ color: PointMarks.hues[1], shape: 6 })],
];

const mapElement = document.querySelector(".map");
if (page && page.layouts && page.layouts.length > 0 && mapElement) {
  // After the first paint: the words are there before the map.
  requestAnimationFrame(() => setTimeout(() => {
    window.layoutMap = new LayoutMap(mapElement);
    const { map } = window.layoutMap;
    const drawn = () => { document.documentElement.dataset.map = "drawn"; };
    // In a fold that is closed there is nothing to draw yet.
    if (map.width > 0) map.addEventListener("ready", drawn, { once: true });
    else drawn();
  }));
}
