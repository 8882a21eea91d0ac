"use strict";

/** What lies over the points: images, marks of queries, the way of a point, the ring, the box and the lasso. */
class PointMapOverlay {
  constructor(map) {
    this.map = map;
    // Kept in memory: Chromium's canvas on an emulated graphics card shows what was cleared long ago.
    this.context = map.surface.getContext("2d", { willReadFrequently: true });
  }

  draw() {
    const { map, context } = this;
    const { surface, width, height, scale } = map;
    if (surface.width !== Math.round(width * scale) || surface.height !== Math.round(height * scale)) {
      [surface.width, surface.height] = [Math.round(width * scale), Math.round(height * scale)];
    }
    // A canvas that is not touched need not be composed anew while the map is moved.
    const isEmpty = !map.trail && map.markers.length === 0 && map.highlighted < 0 && map.input.outline.length === 0
      && !map.images.isDue && !map.images.isShown;
    if (isEmpty && this.wasEmpty) return;
    this.wasEmpty = isEmpty;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, surface.width, surface.height);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    map.images.draw(context);
    if (map.trail) this.drawTrail(map.trail);
    this.drawRing();
    for (const marker of map.markers) this.drawMarker(marker);
    this.drawOutline(map.input.outline);
  }

  drawTrail(xy) {
    const { map, context } = this;
    context.strokeStyle = map.style.text;
    context.lineWidth = 1;
    context.setLineDash([4, 3]);
    context.beginPath();
    for (let i = 0; i < xy.length; i += 2) context.lineTo(...map.place(xy[i], xy[i + 1]));
    context.stroke();
    context.setLineDash([]);
  }

  drawRing() {
    const { map, context } = this;
    const place = map.position(map.highlighted);
    if (!place) return;
    // Dark on light and light on dark: to be seen on any color.
    for (const [color, width] of [[map.style.halo, 5], [map.style.text, 2]]) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      context.arc(place.x, place.y, Math.max(8, map.radius + 4), 0, 2 * Math.PI);
      context.stroke();
    }
  }

  /** A diamond with its words, and a disc as wide as what it stands for is spread; a weak one is dashed and hollow. */
  drawMarker({ x, y, label, spread, isWeak }) {
    const { map, context } = this;
    if (![x, y].every(Number.isFinite)) return;
    const [left, top] = map.place(x, y);
    const { accent, halo, text } = map.style;
    context.strokeStyle = context.fillStyle = accent;
    context.setLineDash(isWeak ? [4, 3] : []);
    context.lineWidth = 1.5;
    if (spread > 0) {
      context.beginPath();
      context.arc(left, top, Math.min(1e5, spread * map.unit), 0, 2 * Math.PI);
      context.globalAlpha = 0.12;
      if (!isWeak) context.fill();
      context.globalAlpha = 0.8;
      context.stroke();
      context.globalAlpha = 1;
    }
    context.beginPath();
    for (const [dx, dy] of [[0, -9], [9, 0], [0, 9], [-9, 0]]) context.lineTo(left + dx, top + dy);
    context.closePath();
    context.fillStyle = isWeak ? halo : accent;
    context.fill();
    context.strokeStyle = isWeak ? accent : halo;
    context.stroke();
    context.setLineDash([]);
    if (!label) return;
    const words = (label.length > 40 ? label.slice(0, 39) + "…" : label) + (isWeak ? " (weak match)" : "");
    if (left < 0 || top < 0 || left > map.width || top > map.height) return;
    context.font = "600 13px system-ui, sans-serif";
    context.textBaseline = "middle";
    const wide = context.measureText(words).width;
    // Left of its diamond where there is no room on the right.
    const isRight = left + 14 + wide <= map.width || left - 14 - wide < 0;
    const start = isRight ? Math.max(4, Math.min(left + 14, map.width - wide - 4)) : left - 14 - wide;
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeStyle = halo;
    context.strokeText(words, start, top);
    context.fillStyle = text;
    context.fillText(words, start, top);
  }

  /** The box or the lasso that is being drawn. */
  drawOutline(path) {
    if (path.length < 2) return;
    const { map, context } = this;
    context.beginPath();
    for (const [x, y] of path) context.lineTo(x, y);
    context.closePath();
    context.fillStyle = context.strokeStyle = map.style.accent;
    context.globalAlpha = 0.12;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = 1.5;
    context.setLineDash([5, 3]);
    context.stroke();
    context.setLineDash([]);
  }
}
