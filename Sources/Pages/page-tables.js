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

// A long table shows its first rows until it is asked for all.
for (const button of document.querySelectorAll("button.all-rows")) {
  button.addEventListener("click", () => {
    const isShort = button.closest(".table").querySelector("table").classList.toggle("short");
    button.setAttribute("aria-expanded", String(!isShort));
    button.textContent = isShort ? button.dataset.more : button.dataset.less;
  });
}

// MARK: Downloads

/** Offers a file that the page carries inside, so that a page sent alone gives it too. */
function offer(link, address) {
  const wanted = document.createElement("a");
  wanted.href = address;
  wanted.download = link.getAttribute("download");
  wanted.click();
}

for (const link of document.querySelectorAll("a[data-file]")) {
  link.addEventListener("click", (event) => {
    const file = document.getElementById(link.dataset.file);
    if (!file) return;
    event.preventDefault();
    offer(link, "data:text/csv;base64," + file.textContent);
  });
}
for (const link of document.querySelectorAll("figure a[download]")) {
  const type = { svg: "image/svg+xml", png: "image/png" }[link.textContent.trim().toLowerCase()];
  const image = link.closest("figure").querySelector("img");
  if (!image || !image.src.startsWith("data:" + type)) continue;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    offer(link, image.src);
  });
}
