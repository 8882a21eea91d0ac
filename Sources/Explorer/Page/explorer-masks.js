// Choices among the rows. In the page a choice is a byte a row; the server takes a bit a row, and a link a short text.

/** A choice of some rows. */
export function maskOf(count, rows) {
  const mask = new Uint8Array(count);
  for (const row of rows) if (row >= 0 && row < count) mask[row] = 1;
  return mask;
}

/** The rows that are chosen, ascending. */
export function rowsOf(mask) {
  const rows = [];
  for (let row = 0; row < mask.length; row++) if (mask[row]) rows.push(row);
  return rows;
}

/** How many rows are chosen. */
export function population(mask) {
  let sum = 0;
  for (let row = 0; row < mask.length; row++) sum += mask[row];
  return sum;
}

/** Bits, row r the bit r mod 8 of byte r / 8. */
export function packed(mask) {
  const bits = new Uint8Array(Math.ceil(mask.length / 8));
  for (let row = 0; row < mask.length; row++) bits[row >> 3] |= mask[row] << (row & 7);
  return bits;
}

/** A byte a row from bits. */
export function unpacked(bits, count) {
  const mask = new Uint8Array(count);
  for (let row = 0; row < count; row++) mask[row] = (bits[row >> 3] >> (row & 7)) & 1;
  return mask;
}

/** Bytes as base64, as JSON carries them. */
export function base64(bytes) {
  let text = "";
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(text);
}

/** Bytes of base64. Throws for what is none. */
export function bytesOf(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let place = 0; place < bytes.length; place++) bytes[place] = binary.charCodeAt(place);
  return bytes;
}

const forLinks = (bytes) => base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const fromLink = (text) => bytesOf(text.replaceAll("-", "+").replaceAll("_", "/"));

/**
 * A choice as a link carries it: `r` and the lengths of the runs of rows not chosen and chosen by turns, seven bits a byte, or
 * `b` and its bits, whichever is shorter.
 */
export function linked(mask) {
  const runs = [];
  let [length, value] = [0, 0];
  const close = () => {
    let rest = length;
    for (; rest >= 128; rest = Math.floor(rest / 128)) runs.push((rest % 128) | 128);
    runs.push(rest);
  };
  for (let row = 0; row < mask.length; row++) {
    if (mask[row] !== value) {
      close();
      [length, value] = [0, mask[row]];
    }
    length += 1;
  }
  if (value === 1) close();
  const bits = packed(mask);
  return runs.length < bits.length ? "r" + forLinks(Uint8Array.from(runs)) : "b" + forLinks(bits);
}

/** The choice that a link carries; null for a text that is none of so many rows. */
export function unlinked(text, count) {
  let bytes;
  try {
    bytes = fromLink(text.slice(1));
  } catch {
    return null;
  }
  if (text[0] === "b") return bytes.length === Math.ceil(count / 8) ? unpacked(bytes, count) : null;
  if (text[0] !== "r") return null;
  const mask = new Uint8Array(count);
  let [row, value, length, scale] = [0, 0, 0, 1];
  for (const byte of bytes) {
    length += (byte & 127) * scale;
    scale *= 128;
    if (byte & 128) continue;
    if (row + length > count) return null;
    if (value) mask.fill(1, row, row + length);
    row += length;
    [value, length, scale] = [1 - value, 0, 1];
  }
  return scale === 1 ? mask : null;
}
