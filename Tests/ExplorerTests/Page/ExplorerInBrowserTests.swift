import Explorer
import ExplorerFixtures
import Fixtures
import Foundation
import Testing

/// The page as a user meets it, in a browser.
@Suite(
  .serialized,
  .enabled(if: Browser.isInstalled, "Debian's chromium is not installed; make test installs it"))
struct ExplorerInBrowserTests {
  /// Opens the page in a browser, waits until all is there, and lets a test look.
  private func visit(
    _ fragment: String = "", options: [String] = Browser.software,
    _ look: (Browser) async throws -> Void
  ) async throws {
    try await ServedPage.visit { address in
      let browser = try await Browser(options)
      try await browser.open(address + fragment)
      try await isReady(browser)
      try await look(browser)
      let complaints = try await browser.complaints
      #expect(complaints == [])
    }
  }

  private func isReady(_ browser: Browser) async throws {
    try await browser.wait(for: "document.documentElement.dataset.explorer === 'ready'")
    try await browser.wait(
      for: "explorer.map.map.isReady && document.querySelector('#gallery img')")
  }

  /// Waits for the pictures of the gallery that are seen, and takes one of the whole.
  private func picture(_ browser: Browser, _ name: String) async throws {
    try await browser.wait(
      for: """
        [...document.querySelectorAll("#gallery img")].slice(0, 6).every((image) => image.complete)
        && document.documentElement.dataset.waiting !== "1"
        """)
    let png = try await browser.screenshot("explorer-" + name)
    #expect(png.count > 10_000)
  }

  /// A place of the map in the window: shares of its width and height.
  private func place(_ browser: Browser, _ x: Double, _ y: Double) async throws -> (Double, Double)
  {
    let box = try await browser.evaluate(
      """
      (() => {
        const box = explorer.map.map.surface.getBoundingClientRect();
        return [box.left, box.top, box.width, box.height].join(" ");
      })()
      """
    ).split(separator: " ").compactMap { Double($0) }
    return (box[0] + x * box[2], box[1] + y * box[3])
  }

  /// Draws a lasso that holds most of the map.
  private func lasso(_ browser: Browser) async throws {
    try await browser.click("[data-control=lasso]")
    var places: [(Double, Double)] = []
    for step in 0...24 {
      let angle = 2 * Double.pi * Double(step) / 24
      places.append(try await place(browser, 0.5 + 0.42 * cos(angle), 0.55 + 0.4 * sin(angle)))
    }
    try await browser.drag(places)
    try await browser.wait(
      for: "explorer.model.selected && explorer.model.listed.show === 'selected'")
  }

  private func search(_ browser: Browser, _ text: String) async throws {
    // The key leads to the box from wherever the focus is; in the box it is a letter.
    try await browser.press("Escape")
    try await browser.press("/")
    try await browser.type(text)
    try await browser.press("Enter")
    try await browser.wait(for: "explorer.model.found && explorer.model.listed.show === 'found'")
  }

  @Test func `the page loads: points are drawn, all images are listed a page at a time`()
    async throws
  {
    try await visit { browser in
      let counts = try await browser.evaluate(
        "document.getElementById('gallery-counts').textContent")
      let count = try await browser.evaluate("explorer.images.count.toLocaleString('en-US')")
      #expect(counts.hasPrefix("1–") && counts.contains("of \(count) images"), "\(counts)")
      #expect(try await browser.evaluate("document.title === explorer.images.info.title") == "true")
      #expect(try await browser.evaluate("location.hash") == "")
      // Something else than ground was drawn.
      try await browser.wait(for: "explorer.map.map.order.length > 0")
      try await picture(browser, "load")
      try await browser.prefer("prefers-color-scheme", "dark")
      try await picture(browser, "dark")
    }
  }

  @Test func `a search lists what is near, marks its place, and stands in the address`()
    async throws
  {
    try await visit { browser in
      try await search(browser, "stripes")
      try await search(browser, "-dots")
      try await browser.wait(for: "explorer.model.found && explorer.model.prompts.length === 2")
      let hash = try await browser.evaluate("location.hash")
      #expect(hash.contains("plus=stripes") && hash.contains("minus=dots"), "\(hash)")
      #expect(try await browser.evaluate("document.querySelectorAll('#chips .chip').length") == "2")
      #expect(
        try await browser.evaluate("explorer.map.map.markers.map((marker) => marker.label)")
          == "stripes")
      #expect(
        try await browser.evaluate(
          "explorer.model.found.hits.every((hit, i, all) => i === 0 || hit.cosine <= all[i - 1].cosine)"
        )
          == "true")
      try await picture(browser, "search")
      // Back, and back again, leads to where one came from.
      try await browser.evaluate("history.back()")
      try await browser.wait(for: "explorer.model.prompts.length === 1")
      try await browser.evaluate("history.back()")
      try await browser.wait(
        for: "explorer.model.prompts.length === 0 && explorer.model.listed.show === 'all'")
      try await browser.evaluate("history.forward()")
      try await browser.wait(
        for: "explorer.model.prompts.length === 1 && explorer.model.listed.show === 'found'")
    }
  }

  @Test func `pointing at a point shows its card, and meets it in the gallery; and the other way`()
    async throws
  {
    try await visit { browser in
      let place = try await browser.evaluate(
        """
        (() => {
          const map = explorer.map.map;
          const row = explorer.model.listed.rows.find((row) => map.position(row));
          const { x, y } = map.position(row);
          const box = map.surface.getBoundingClientRect();
          return `${box.left + x} ${box.top + y}`;
        })()
        """
      ).split(separator: " ").compactMap { Double($0) }
      try await browser.point(place[0] - 4, place[1])
      try await browser.point(place[0], place[1])
      try await browser.wait(
        for:
          "!document.getElementById('card').hidden && document.querySelector('#card strong')?.textContent"
      )
      let row = try await browser.evaluate("document.getElementById('card').dataset.row")
      #expect(try await browser.evaluate("explorer.model.hovered") == row)
      try await browser.wait(for: "document.querySelector('#card img').complete")
      let tile = "document.querySelector('#gallery li[data-row=\"\(row)\"]')"
      #expect(try await browser.evaluate("!\(tile) || \(tile).classList.contains('met')") == "true")
      try await picture(browser, "hover")
      try await browser.evaluate(
        "document.querySelector('#gallery li:nth-child(2) button').focus()")
      #expect(
        try await browser.evaluate(
          "explorer.map.map.highlighted === Number(document.querySelector('#gallery li:nth-child(2)').dataset.row)"
        ) == "true")
    }
  }

  @Test func `a lasso selects what is inside, which exports as CSV and opens again`() async throws {
    let folder = try TemporaryFolder()
    try await visit { browser in
      try await browser.download(to: folder.path)
      try await lasso(browser)
      let selected = try await browser.evaluate("explorer.model.listed.rows.length")
      try await picture(browser, "lasso")
      try await browser.evaluate("explorer.selection.presses.export.click()")
      let file = folder.path + "/selection.csv"
      for _ in 0..<500 where !FileManager.default.fileExists(atPath: file) {
        try await Task.sleep(for: .milliseconds(20))
      }
      let text = try String(contentsOfFile: file, encoding: .utf8)
      #expect(text.hasPrefix("row,id,path,x,y"))
      // What was written selects the same again.
      try await browser.evaluate("explorer.view.choose(null)")
      try await browser.wait(for: "explorer.model.selected === null")
      let bytes = Data(text.utf8).base64EncodedString()
      try await browser.evaluate(
        "explorer.selection.open(new File([atob('\(bytes)')], 'selection.csv'))")
      try await browser.wait(
        for: "explorer.model.selected !== null && explorer.model.listed.show === 'selected'")
      #expect(try await browser.evaluate("explorer.model.listed.rows.length") == selected)
    }
  }

  @Test func `a filter leaves what passes, in gallery and legend`() async throws {
    try await visit { browser in
      try await browser.evaluate("document.querySelector('#filters details').open = true")
      try await browser.wait(for: "document.querySelectorAll('#filters .names input').length > 1")
      try await browser.click("#filters .names input")
      try await browser.wait(
        for: "explorer.model.passing && explorer.model.listed.rows.length < explorer.images.count")
      let (listed, counted) = (
        try await browser.evaluate("explorer.model.listed.rows.length"),
        try await browser.evaluate("document.querySelector('#filters .names .count').textContent")
      )
      #expect(counted.replacing(",", with: "") == listed)
      #expect(try await browser.evaluate("document.querySelectorAll('#chips .chip').length") == "1")
      #expect(try await browser.evaluate("location.hash").contains("filter="))
      try await picture(browser, "filter")
      try await browser.click("#chips .remove")
      try await browser.wait(for: "explorer.model.passing === null")
    }
  }

  @Test func `a reload and a link show the same again`() async throws {
    try await visit { browser in
      try await lasso(browser)
      try await search(browser, "waves")
      try await browser.evaluate("explorer.model.set({ isWithin: true, images: true, color: '' })")
      try await browser.click("[data-control=zoom-in]")
      try await browser.wait(for: "explorer.model.camera !== null")
      try await browser.wait(for: "explorer.model.found && location.hash.includes('camera')")
      let state =
        "JSON.stringify([explorer.model.state, explorer.model.listed.rows, explorer.map.map.camera.zoom.toPrecision(4)])"
      try await browser.wait(for: "document.documentElement.dataset.waiting !== '1'")
      let before = try await browser.evaluate(state)
      try await browser.reload()
      try await isReady(browser)
      try await browser.wait(for: "explorer.model.found && explorer.model.listed.show === 'found'")
      let after = try await browser.evaluate(state)
      #expect(before == after)
      try await picture(browser, "reload")
    }
  }

  @Test func `an image opens whole, with all that is known of it, and leads to the next`()
    async throws
  {
    try await visit { browser in
      try await browser.press("g")
      try await browser.press("ArrowRight")
      try await browser.press("Enter")
      try await browser.wait(
        for: "document.getElementById('detail').open && document.querySelector('#detail dd')")
      #expect(
        try await browser.evaluate("explorer.model.image === explorer.model.listed.rows[1]")
          == "true")
      try await browser.wait(for: "document.querySelectorAll('#detail .strip img').length > 0")
      try await picture(browser, "detail")
      try await browser.press("ArrowRight")
      try await browser.wait(for: "explorer.model.image === explorer.model.listed.rows[2]")
      try await browser.press("Escape")
      try await browser.wait(
        for: "explorer.model.image === -1 && !document.getElementById('detail').open")
      try await browser.press("?")
      try await browser.wait(for: "document.getElementById('help').open")
      try await picture(browser, "help")
    }
  }

  @Test func `a view and a selection are saved under names, and opened again`() async throws {
    try await visit { browser in
      try await lasso(browser)
      let rows = try await browser.evaluate("explorer.model.listed.rows.join()")
      let (view, selection) = (
        "document.querySelectorAll('.saved')[0]", "document.querySelectorAll('.saved')[1]"
      )
      try await browser.evaluate("\(selection).querySelector('input').value = 'those <b>'")
      try await browser.evaluate("\(selection).querySelector('form button').click()")
      try await browser.wait(for: "explorer.model.saved === 'those <b>' && explorer.model.selected")
      try await browser.evaluate("\(view).querySelector('input').value = 'a view'")
      try await browser.evaluate("\(view).querySelector('form button').click()")
      try await browser.wait(for: "\(view).querySelector('li button')")
      try await browser.evaluate("explorer.view.choose(null)")
      try await browser.wait(for: "explorer.model.selected === null")
      try await browser.evaluate("\(view).querySelector('li button').click()")
      try await browser.wait(
        for: "explorer.model.selected && explorer.model.listed.show === 'selected'")
      #expect(try await browser.evaluate("explorer.model.listed.rows.join()") == rows)
      for kind in [view, selection] {
        try await browser.evaluate("\(kind).querySelector('li .remove').click()")
        try await browser.wait(for: "\(kind).querySelector('li .remove') === null")
      }
    }
  }

  @Test func `without WebGL the same is drawn by the canvas`() async throws {
    try await visit(options: Browser.noWebGL) { browser in
      #expect(try await browser.evaluate("explorer.map.map.rendererName") == "canvas")
      // Read back from what the page shows: of the points' colors there is something.
      let colored = try await browser.evaluate(
        """
        (() => {
          const canvas = explorer.map.map.pointsCanvas;
          const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
          copy.drawImage(canvas, 0, 0);
          const pixels = copy.getImageData(0, 0, canvas.width, canvas.height).data;
          const colors = new Set();
          for (let i = 0; i < pixels.length; i += 4) {
            if (pixels[i + 3] > 0) colors.add(pixels[i] << 16 | pixels[i + 1] << 8 | pixels[i + 2]);
          }
          return colors.size > 1;
        })()
        """)
      #expect(colored == "true")
      try await lasso(browser)
      try await picture(browser, "fallback")
    }
  }

  @Test func `a telephone's page has the map over the gallery, and nothing to scroll sideways`()
    async throws
  {
    try await visit { browser in
      try await browser.size(390, 844, hasTouch: true)
      try await browser.wait(for: "innerWidth === 390")
      #expect(try await browser.evaluate("document.documentElement.scrollWidth") == "390")
      let isBelow = "getBoundingClientRect().top"
      #expect(
        try await browser.evaluate(
          "document.getElementById('gallery').\(isBelow) > document.getElementById('map').\(isBelow)"
        )
          == "true")
      try await picture(browser, "telephone")
      try await search(browser, "stripes")
      #expect(try await browser.evaluate("document.documentElement.scrollWidth") == "390")
      try await picture(browser, "telephone-search")
    }
  }

  @Test func `while images are embedded the page says how far, how fast and how long`() async throws
  {
    let exploration = HandmadeExploration(
      count: 130, progress: ExplorationProgress(stage: .embedding, done: 30, total: 130, rate: 5))
    try await ServedPage.visit(exploration) { address in
      let browser = try await Browser()
      try await browser.open(address)
      try await isReady(browser)
      let words = "document.getElementById('progress-text').textContent"
      #expect(
        try await browser.evaluate(words) == "Embedding images: 30 of 130, 5.0 a second, 20 s left")
      try await picture(browser, "embedding")
      // Events come once the page listens; what is told before is in the state.
      try await browser.wait(for: "explorer.progress.events?.readyState === 1")
      exploration.advance(
        to: ExplorationProgress(stage: .mapping, done: 0, total: 0, message: "layout"))
      try await browser.wait(for: "\(words) === 'Making the map, layout'")
      exploration.advance(to: ExplorationProgress(stage: .ready))
      try await browser.wait(for: "document.getElementById('progress').hidden")
      #expect(try await browser.complaints == [])
    }
  }

  @Test func `a link that means nothing is told in words, and the rest of it is shown`()
    async throws
  {
    try await visit(
      "#filter=%7B&page=1e9&color=nothing&what=1&camera=a,b,c&count=5&plus=x&show=found"
    ) {
      browser in
      try await browser.wait(for: "explorer.model.found")
      let words = try await browser.evaluate("document.getElementById('complaints').textContent")
      for part in ["filter=", "what=1", "camera=", "no column nothing"] {
        #expect(words.contains(part), "\(words)")
      }
      #expect(try await browser.evaluate("explorer.model.listed.rows.length") == "5")
    }
  }
}
