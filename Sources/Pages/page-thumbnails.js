"use strict";

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

// All are drawn when the page is there, so that paper, and a fold that is opened, have no blank ones.
addEventListener("load", () => {
  for (const canvas of document.querySelectorAll("canvas[data-row]")) drawThumbnail(canvas, Number(canvas.dataset.row));
});
