"use strict";

/** Points sorted into the cells of a uniform grid, about two a cell: what is near a place is found without the rest. */
class PointGrid {
  /** @param positions x, y of a point after another. @param located which of them have a place. */
  constructor(positions, located) {
    this.positions = positions;
    const bounds = { left: Infinity, right: -Infinity, bottom: Infinity, top: -Infinity };
    let count = 0;
    for (let row = 0; row < located.length; row++) {
      if (!located[row]) continue;
      const [x, y] = [positions[2 * row], positions[2 * row + 1]];
      if (x < bounds.left) bounds.left = x;
      if (x > bounds.right) bounds.right = x;
      if (y < bounds.bottom) bounds.bottom = y;
      if (y > bounds.top) bounds.top = y;
      count += 1;
    }
    this.bounds = count > 0 ? bounds : { left: 0, right: 0, bottom: 0, top: 0 };
    this.side = Math.min(1024, Math.max(1, Math.ceil(Math.sqrt(count / 2))));
    this.cellWidth = (this.bounds.right - this.bounds.left) / this.side || 1;
    this.cellHeight = (this.bounds.top - this.bounds.bottom) / this.side || 1;
    // A counting sort: rows of a cell lie together, in their order.
    this.starts = new Uint32Array(this.side * this.side + 1);
    const cells = new Int32Array(located.length).fill(-1);
    for (let row = 0; row < located.length; row++) {
      if (!located[row]) continue;
      cells[row] = this.line(positions[2 * row + 1]) * this.side + this.column(positions[2 * row]);
      this.starts[cells[row] + 1] += 1;
    }
    for (let cell = 0; cell < this.side * this.side; cell++) this.starts[cell + 1] += this.starts[cell];
    const next = this.starts.slice();
    this.rows = new Uint32Array(count);
    for (let row = 0; row < located.length; row++) if (cells[row] >= 0) this.rows[next[cells[row]]++] = row;
  }

  column(x) {
    return Math.min(this.side - 1, Math.max(0, Math.floor((x - this.bounds.left) / this.cellWidth)));
  }

  line(y) {
    return Math.min(this.side - 1, Math.max(0, Math.floor((y - this.bounds.bottom) / this.cellHeight)));
  }

  /** Calls `visit` for the rows of all cells that meet a rectangle. */
  visit(left, bottom, right, top, visit) {
    const [first, last] = [this.column(left), this.column(right)];
    for (let line = this.line(bottom); line <= this.line(top); line++) {
      const end = this.starts[line * this.side + last + 1];
      for (let i = this.starts[line * this.side + first]; i < end; i++) visit(this.rows[i]);
    }
  }

  /** Calls `visit` for the rows in a rectangle, its edges included. */
  visitWithin(left, bottom, right, top, visit) {
    this.visit(left, bottom, right, top, (row) => {
      const [x, y] = [this.positions[2 * row], this.positions[2 * row + 1]];
      if (x >= left && x <= right && y >= bottom && y <= top) visit(row);
    });
  }

  /** Rows in a rectangle, in ascending order. */
  rowsWithin(left, bottom, right, top) {
    const found = [];
    this.visitWithin(left, bottom, right, top, (row) => found.push(row));
    return found.sort((a, b) => a - b);
  }

  /** How many points are in a rectangle. */
  count(left, bottom, right, top) {
    let count = 0;
    this.visitWithin(left, bottom, right, top, () => { count += 1; });
    return count;
  }

  /** The accepted row nearest to a place, the first of equals; -1 where none is as near as `limit`. */
  nearest(x, y, limit, accepts) {
    let [best, least] = [-1, limit * limit];
    this.visit(x - limit, y - limit, x + limit, y + limit, (row) => {
      const square = (this.positions[2 * row] - x) ** 2 + (this.positions[2 * row + 1] - y) ** 2;
      if (square > least || (square === least && best >= 0 && best < row) || !accepts(row)) return;
      [best, least] = [row, square];
    });
    return best;
  }
}
