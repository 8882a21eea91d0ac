"use strict";

// MARK: Marks of classes

// Okabe and Ito's colours, and the same lighter for dark ground, times seven shapes: 49 marks.
const darkScheme = matchMedia("(prefers-color-scheme: dark)");
const huesOnLight = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6bd1"];
const huesOnDark = ["#3f8fd6", "#ff7a33", "#22c796", "#ee9fca", "#f5b93a", "#9bdcff", "#b39bf5"];
const hues = () => (darkScheme.matches ? huesOnDark : huesOnLight);
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

/** The mark of a class. */
const classMark = (index, radius) =>
  mark(Math.floor(index / hues().length) % shapes.length, hues()[index % hues().length], radius);

/** The marks of images that are taken for what they are, and for another class. */
const rightMark = (radius) => mark(0, hues()[0], radius);
const wrongMark = (radius) => mark(6, hues()[1], radius * 1.2);

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
