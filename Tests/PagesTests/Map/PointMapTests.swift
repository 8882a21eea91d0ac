import Fixtures
import Foundation
import Testing

@testable import Pages

/// The map in a browser, with WebGL that a processor draws, and without WebGL.
@Suite(
  .serialized,
  .enabled(if: Browser.isInstalled, "Debian's chromium is not installed; make test installs it"))
struct PointMapTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A page with 500 points of 49 classes on two maps of 400 pixels, a unit of the coordinates a pixel.
  private static var page: String {
    let scripts = MapScripts.all.map { String(decoding: $0.bytes, as: UTF8.self) }
    return """
      <!DOCTYPE html><meta charset="utf-8"><style>
      \(String(decoding: MapScripts.style.bytes, as: UTF8.self))
      :root { --raised: #f5f6f8; --text: #1c2026; --ground: #fff; --line: #ccc; --accent: #0b61a4; }
      body { margin: 0; display: flex; } body > div { width: 400px; height: 400px; }</style>
      <div id="webgl"></div><div id="canvas"></div>
      <script>\(scripts.joined(separator: "</script><script>"))</script>
      <script>
      // Far enough from the edges of pixels that rounding by 32 and by 64 bits is the same.
      const place = (row, factor) => ((row * factor) % 341) + 1.3;
      const xy = Float32Array.from({ length: 1000 }, (_, i) => place(i >> 1, i % 2 ? 97 : 57));
      const events = [];
      const maps = ["webgl", "canvas"].map((renderer) => {
        const map = new PointMap(document.getElementById(renderer), { renderer });
        map.setPoints(xy, null, { left: 0, right: 344, bottom: 0, top: 344 });
        map.setColors(Uint8Array.from({ length: 500 }, (_, row) => row % 49));
        for (const name of ["ready", "hover", "pick", "select", "mode"]) {
          map.addEventListener(name, ({ detail }) => events.push({ name, map: renderer, ...detail }));
        }
        return map;
      });
      const [first, second] = maps;
      const last = (name) => events.findLast((event) => event.name === name);

      /** Red, green and blue of every pixel, the upper lines first. */
      function drawn(map) {
        map.redraw();
        map.draw();
        const { width, height } = map.pointsCanvas;
        const pixels = new Uint8Array(4 * width * height);
        const { gl } = map.renderer;
        if (!gl) return new Uint8Array(map.renderer.pixels.buffer);
        gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
        return pixels.map((_, i) =>
          pixels[4 * width * (height - 1 - Math.floor(i / (4 * width))) + (i % (4 * width))]);
      }

      /** How many pixels differ, by more than the last bits of blending. */
      const differing = (a, b) => Array.from({ length: a.length / 4 }, (_, pixel) => pixel).filter((pixel) =>
        [0, 1, 2].some((channel) => Math.abs(a[4 * pixel + channel] - b[4 * pixel + channel]) > 6)).length;
      const ground = new Uint8Array(4 * 400 * 400).map((_, i) => [245, 246, 248, 255][i % 4]);
      </script>

      """
  }

  /// Opens the page and waits until both maps are drawn.
  private func visit(
    _ options: [String] = Browser.software, _ look: (Browser) async throws -> Void
  ) async throws {
    let file = try folder.write(Self.page, "maps.html")
    let browser = try await Browser(options)
    try await browser.open(URL(filePath: file).absoluteString)
    try await browser.wait(for: "events.filter((event) => event.name === 'ready').length >= 2")
    try await look(browser)
    let complaints = try await browser.complaints
    #expect(complaints.isEmpty, "\(complaints)")
  }

  /// What a script gives on the page as it was drawn, compared with what it is to give.
  private func expect(
    _ browser: Browser, _ script: String, _ wanted: String,
    location: SourceLocation = #_sourceLocation
  ) async throws {
    let found = try await browser.evaluate(script)
    #expect(found == wanted, "\(script)", sourceLocation: location)
  }

  @Test func `both renderers draw the same marks at the same places`() async throws {
    try await visit { browser in
      try await expect(browser, "maps.map((map) => map.rendererName)", "webgl,canvas")
      // A mark covers at least five pixels, and few lie over another.
      try await expect(browser, "differing(drawn(second), ground) > 2500", "true")
      try await expect(browser, "differing(drawn(first), drawn(second))", "0")
      try await browser.evaluate(
        "maps.forEach((map) => map.setSelected(xy.filter((_, i) => i % 2).map((y) => (y > 170 ? 1 : 0))))"
      )
      try await expect(browser, "differing(drawn(first), drawn(second))", "0")
      try await browser.evaluate(
        "maps.forEach((map) => { map.setSelected(null); map.setNumbers(xy.filter((_, i) => i % 2)); })"
      )
      try await expect(browser, "differing(drawn(first), drawn(second))", "0")
      try await expect(browser, "second.numberRange[0] === xy[1]", "true")
    }
  }

  @Test func `a map that loses WebGL, or never had it, is not blank`() async throws {
    try await visit { browser in
      try await browser.evaluate(
        "first.renderer.gl.getExtension('WEBGL_lose_context').loseContext()")
      try await browser.wait(for: "last('ready').map === 'webgl'")
      try await expect(browser, "first.rendererName", "canvas")
      try await expect(browser, "differing(drawn(first), drawn(second))", "0")
    }
    try await visit(Browser.noWebGL) { browser in
      try await expect(browser, "maps.map((map) => map.rendererName)", "canvas,canvas")
      try await expect(browser, "differing(drawn(first), ground) > 2500", "true")
    }
  }

  @Test func `the grid finds what a search of all points finds`() async throws {
    try await visit(Browser.noWebGL) { browser in
      try await expect(
        browser,
        """
        Array.from({ length: 200 }, (_, i) => {
          const [x, y] = [(i * 131) % 500 - 50, (i * 71) % 500 - 50];
          const square = (row) => (xy[2 * row] - x) ** 2 + (xy[2 * row + 1] - y) ** 2;
          const odd = Array.from({ length: 250 }, (_, half) => 2 * half + 1);
          const best = odd.reduce((a, b) => (square(b) < square(a) ? b : a));
          return second.grid.nearest(x, y, 25, (row) => row % 2 === 1) === (square(best) <= 625 ? best : -1);
        }).every(Boolean)
        """, "true")
      try await expect(
        browser,
        """
        Array.from({ length: 100 }, (_, i) => {
          const [left, bottom] = [(i * 37) % 400 - 20, (i * 53) % 400 - 20];
          const isInside = (row) => xy[2 * row] >= left && xy[2 * row] <= left + i
            && xy[2 * row + 1] >= bottom && xy[2 * row + 1] <= bottom + 2 * i;
          const rows = Array.from({ length: 500 }, (_, row) => row).filter(isInside);
          return String(second.grid.rowsWithin(left, bottom, left + i, bottom + 2 * i)) === String(rows)
            && second.grid.count(left, bottom, left + i, bottom + 2 * i) === rows.length;
        }).every(Boolean)
        """, "true")
    }
  }

  @Test func `box and lasso take what is seen and passes the filter`() async throws {
    try await visit(Browser.noWebGL) { browser in
      let inside = """
        Array.from({ length: 500 }, (_, row) => row).filter((row) => {
          const { x, y } = first.position(row);
          return x >= 100 && x <= 250 && y >= 120 && y <= 300;
        })
        """
      let taken = "Array.from(last('select').mask.keys()).filter((row) => last('select').mask[row])"
      let isSame = "String(\(taken)) === String(\(inside)) && last('select').count > 50"
      try await browser.click("#webgl [data-control=box]")
      try await browser.drag([(100, 120), (180, 200), (250, 300)])
      try await expect(browser, isSame, "true")
      try await browser.click("#webgl [data-control=lasso]")
      try await browser.drag([(100, 120), (250, 120), (250, 300), (100, 300)])
      try await expect(browser, "last('select').kind + (\(isSame))", "lassotrue")
      // Those that are filtered away are not taken, nor those out of view.
      try await browser.evaluate(
        "first.setFiltered(Uint8Array.from({ length: 500 }, (_, r) => r % 2))")
      try await browser.drag([(100, 120), (250, 120), (250, 300), (100, 300)])
      try await expect(
        browser, "String(\(taken)) === String(\(inside).filter((row) => row % 2))", "true")
      try await browser.evaluate("first.setFiltered(null), first.zoomBy(4)")
      try await browser.evaluate("first.surface.focus()")
      try await browser.press("a")
      try await expect(
        browser,
        """
        last('select').kind + (last('select').count === Array.from({ length: 500 }, (_, row) => first.position(row))
          .filter(({ isVisible }) => isVisible).length && last('select').count < 60)
        """, "viewtrue")
    }
  }

  @Test func `keys go from point to point, pick, zoom and clear`() async throws {
    try await visit(Browser.noWebGL) { browser in
      try await browser.evaluate("first.surface.focus()")
      try await browser.press("ArrowRight")
      let middle = try await browser.evaluate("last('hover').row")
      try await expect(
        browser, "\(middle) === first.grid.nearest(172, 172, 1000, () => true)", "true")
      try await browser.press("ArrowRight")
      try await expect(
        browser, "xy[2 * last('hover').row] > xy[2 * \(middle)] && last('hover').isKeyboard", "true"
      )
      try await browser.press("Enter")
      try await expect(browser, "last('pick').row === first.highlighted", "true")
      try await browser.press("+")
      try await expect(browser, "first.camera.zoom", "1.5")
      try await browser.press("0")
      try await expect(browser, "Object.values(first.camera)", "172,172,1")
      try await browser.evaluate("first.setMode('lasso')")
      try await browser.press("Escape")
      try await expect(browser, "first.mode + (last('select') === undefined)", "pantrue")
      try await browser.press("Escape")
      try await expect(browser, "last('select').kind + last('select').mask", "clearnull")
      try await expect(browser, "first.highlighted", "-1")
    }
  }

  @Test func `a place under the pointer stays there while one zooms, and a given camera is kept`()
    async throws
  {
    try await visit(Browser.noWebGL) { browser in
      try await expect(
        browser,
        """
        (() => {
          const before = first.coordinates(90, 310);
          first.zoomBy(3.7, 90, 310);
          const after = first.coordinates(90, 310);
          return Math.hypot(after[0] - before[0], after[1] - before[1]) < 1e-9;
        })()
        """, "true")
      try await browser.evaluate("first.camera = { x: 10, y: NaN, zoom: 2 }")
      try await expect(browser, "first.camera.zoom.toFixed(1)", "3.7")
      try await browser.evaluate("first.camera = { x: -1e9, y: 12, zoom: 1e9 }")
      try await expect(browser, "Object.values(first.camera)", "0,12,2000")
    }
  }

  @Test func `images do not overlap, and stay the same while the map is moved`() async throws {
    try await visit(Browser.noWebGL) { browser in
      try await browser.evaluate(
        """
        (() => {
          const sheet = Object.assign(document.createElement("canvas"), { width: 1536, height: 1536 });
          first.setSprites({ tile: 48, columns: 32, rows: 32, sheet: () => sheet, size: (row) => row % 7 ? [48, 30] : null });
          first.showImages(true);
        })()
        """)
      try await browser.wait(for: "first.images.shown > 10")
      try await browser.evaluate("window.rows = String(first.images.choose())")
      try await expect(
        browser,
        """
        (() => {
          const rows = first.images.choose();
          return rows.every((a, i) => a % 7 && rows.slice(i + 1).every((b) =>
            Math.abs(xy[2 * a] - xy[2 * b]) >= 48 || Math.abs(xy[2 * a + 1] - xy[2 * b + 1]) >= 48));
        })()
        """, "true")
      try await browser.evaluate("first.panBy(60, -40)")
      try await expect(browser, "String(first.images.choose()) === rows", "true")
      // By itself a map shows images where few points are in view.
      try await browser.evaluate("first.showImages(null), first.fit()")
      try await browser.wait(for: "!first.isShowingImages")
      try await browser.evaluate("first.zoomBy(8)")
      try await browser.wait(for: "first.isShowingImages")
    }
  }

  @Test func `values that do not fit the points are refused`() async throws {
    try await visit(Browser.noWebGL) { browser in
      await #expect(throws: BrowserError.self) {
        try await browser.evaluate("first.setSelected(new Uint8Array(499))")
      }
      try await browser.evaluate("first.setPoints(Float32Array.of(1, 1, NaN, 2, 3, 3))")
      try await expect(browser, "first.rowsInView()", "0,2")
      // A camera that a link names waits until there are places.
      try await browser.evaluate("first.setPoints(new Float32Array(4), new Uint8Array(2))")
      try await browser.evaluate("first.camera = { x: 5, y: 6, zoom: 3 }")
      try await browser.evaluate("first.setPoints(Float32Array.of(0, 0, 9, 9))")
      try await expect(browser, "Object.values(first.camera)", "5,6,3")
      try await browser.evaluate("first.setPoints(new Float32Array(0))")
      try await expect(browser, "first.nearest(200, 200, 1e9) + String(first.rowsInView())", "-1")
    }
  }
}
