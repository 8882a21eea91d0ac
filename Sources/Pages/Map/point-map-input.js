"use strict";

/** Pointer, wheel and keys on a map. */
class PointMapInput {
  constructor(map) {
    this.map = map;
    // What is being drawn, in CSS pixels of the element.
    this.outline = [];
    this.pointers = new Map();
    const on = (name, act, options) => map.surface.addEventListener(name, (event) => act.call(this, event), options);
    on("pointerdown", this.down);
    on("pointermove", this.move);
    on("pointerup", this.up);
    on("pointercancel", this.cancelPointer);
    on("lostpointercapture", this.cancelPointer);
    on("pointerleave", this.leave);
    on("wheel", this.wheel, { passive: false });
    on("dblclick", (event) => {
      if (this.map.mode === "pan") this.map.zoomBy(event.shiftKey ? 0.5 : 2, ...this.place(event));
    });
    on("keydown", this.key);
  }

  place(event) {
    const box = this.map.surface.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  // Pointers

  down(event) {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    const at = this.place(event);
    this.map.surface.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, at);
    // A second finger is for zooming, whatever the first had begun.
    if (this.pointers.size > 1) return this.cancel();
    this.drag = { start: at, hasMoved: false, mode: this.map.mode };
    if (this.drag.mode !== "pan") this.outline = [at];
  }

  move(event) {
    const { map } = this;
    const at = this.place(event);
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch" && map.mode === "pan") map.meet(map.nearest(...at, 14));
      return;
    }
    const others = [...this.pointers].filter(([id]) => id !== event.pointerId);
    if (others.length === 0 && this.drag) this.dragTo(event, before, at);
    else if (others.length === 1) this.pinch(others[0][1], before, at);
    this.pointers.set(event.pointerId, at);
  }

  dragTo(event, before, at) {
    const { drag, map } = this;
    drag.hasMoved ||= Math.hypot(at[0] - drag.start[0], at[1] - drag.start[1]) > (event.pointerType === "touch" ? 8 : 4);
    if (!drag.hasMoved) return;
    if (drag.mode === "pan") {
      if (!drag.isPanning) before = drag.start;
      drag.isPanning = true;
      return map.panBy(at[0] - before[0], at[1] - before[1]);
    }
    if (drag.mode === "box") {
      const [x, y] = drag.start;
      this.outline = [[x, y], [at[0], y], at, [x, at[1]]];
    } else {
      for (const part of event.getCoalescedEvents?.() ?? []) this.extend(this.place(part));
      this.extend(at);
    }
    map.redrawOverlay();
  }

  /** Adds a corner to the lasso, if it is not where the last one is. */
  extend(at) {
    const last = this.outline[this.outline.length - 1];
    if (!last || Math.hypot(at[0] - last[0], at[1] - last[1]) >= 2) this.outline.push(at);
  }

  /** Two fingers: their distance zooms, their middle pans. */
  pinch(other, before, at) {
    const { map } = this;
    const middle = (a) => [(a[0] + other[0]) / 2, (a[1] + other[1]) / 2];
    const distance = (a) => Math.max(1, Math.hypot(a[0] - other[0], a[1] - other[1]));
    const [from, to] = [middle(before), middle(at)];
    map.panBy(to[0] - from[0], to[1] - from[1]);
    map.zoomBy(distance(at) / distance(before), ...to);
  }

  up(event) {
    const { map } = this;
    if (!this.pointers.delete(event.pointerId)) return;
    const { drag } = this;
    this.drag = null;
    if (!drag) return;
    if (!drag.hasMoved) {
      this.outline = [];
      const row = map.nearest(...this.place(event), event.pointerType === "mouse" ? 14 : 22);
      map.meet(row);
      map.emit("pick", { row, isKeyboard: false });
      return;
    }
    if (drag.mode === "pan") return;
    const path = this.outline;
    this.cancel();
    const how = event.shiftKey ? "add" : event.altKey ? "remove" : "replace";
    map.take(drag.mode === "box" ? map.rowsWithin(...path[0], ...path[2]) : this.rowsInside(path), drag.mode, how);
  }

  /** Rows in view within a closed path: a ray from each crosses it an odd number of times. */
  rowsInside(path) {
    const { map } = this;
    const [xs, ys] = [path.map((corner) => corner[0]), path.map((corner) => corner[1])];
    const least = (values) => values.reduce((a, b) => Math.min(a, b));
    const most = (values) => values.reduce((a, b) => Math.max(a, b));
    return map.rowsWithin(least(xs), least(ys), most(xs), most(ys)).filter((row) => {
      const [x, y] = map.place(map.positions[2 * row], map.positions[2 * row + 1]);
      let isInside = false;
      for (let i = 0, j = path.length - 1; i < path.length; j = i++) {
        if ((ys[i] > y) !== (ys[j] > y) && x < ((xs[j] - xs[i]) * (y - ys[i])) / (ys[j] - ys[i]) + xs[i]) {
          isInside = !isInside;
        }
      }
      return isInside;
    });
  }

  cancelPointer(event) {
    if (this.pointers.delete(event.pointerId)) this.cancel();
  }

  /** Ends what is being drawn without taking anything; whether there was something. */
  cancel() {
    const wasDrawing = this.outline.length > 0;
    this.outline = [];
    this.drag = null;
    this.map.redrawOverlay();
    return wasDrawing;
  }

  leave(event) {
    if (event.pointerType !== "touch" && this.pointers.size === 0) this.map.meet(-1);
  }

  wheel(event) {
    const { map } = this;
    if (map.isEmbedded && !event.ctrlKey && document.activeElement !== map.surface) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 24 : event.deltaMode === 2 ? 400 : 1;
    // A pinch on a touchpad comes as a wheel with Ctrl, in small steps.
    const speed = event.ctrlKey ? 0.01 : 0.002;
    map.zoomBy(Math.exp(-Math.max(-240, Math.min(240, event.deltaY * lines)) * speed), ...this.place(event));
  }

  // Keys

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { map } = this;
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (direction && event.shiftKey) map.panBy(-60 * direction[0], -60 * direction[1]);
    else if (direction) this.go(direction);
    else if (event.key === "+" || event.key === "=") map.zoomBy(1.5);
    else if (event.key === "-") map.zoomBy(1 / 1.5);
    else if (event.key === "0") map.fit();
    else if (event.key === "a") map.take(map.rowsInView(), "view");
    else if (event.key === "Enter") map.emit("pick", { row: map.highlighted, isKeyboard: true });
    else if (event.key === "Escape") this.escape();
    else return;
    event.preventDefault();
  }

  go(direction) {
    const { map } = this;
    const row = map.highlighted < 0 ? map.nearest(map.width / 2, map.height / 2, 2 * (map.width + map.height))
      : map.neighbor(...direction);
    if (row < 0) return;
    map.reveal(row);
    map.meet(row, true);
  }

  escape() {
    const { map } = this;
    if (this.cancel()) return;
    if (map.mode !== "pan") return map.setMode("pan");
    map.meet(-1);
    map.emit("select", { mask: null, kind: "clear", count: 0 });
  }
}
