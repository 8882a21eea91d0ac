import Explorer
import Fixtures
import Testing

/// The page in a browser while there is more to come.
@Suite(
  .serialized,
  .enabled(if: Browser.isInstalled, "Debian's chromium is not installed; make test installs it"))
struct ExplorerGrowthTests {
  /// Opens the page of a set that grows, and lets a test look once it has come.
  private func visit(
    _ exploration: GrowingExploration, _ fragment: String = "",
    _ look: (Browser) async throws -> Void
  ) async throws {
    try await ServedPage.visit(exploration) { address in
      let browser = try await Browser()
      try await browser.open(address + fragment)
      try await browser.wait(for: "document.documentElement.dataset.explorer === 'ready'")
      // What happens before the page listens is in the state that it asked for, or is told once it does.
      if exploration.progress.stage != .ready {
        try await browser.wait(for: "explorer.progress.events?.readyState === 1")
      }
      try await look(browser)
      let complaints = try await browser.complaints
      #expect(complaints == [])
    }
  }

  @Test func `what is shown grows while one event follows another, and nobody loses his place`()
    async throws
  {
    let exploration = GrowingExploration(count: 130)
    exploration.advance(to: .embedding, embedded: 10)
    try await visit(exploration) { browser in
      let (facts, pictures, columns) = (
        "document.getElementById('facts').textContent",
        "document.querySelectorAll('#gallery img').length",
        "performance.getEntriesByType('resource').filter(({ name }) => name.includes('/columns/')).length"
      )
      // Of those that are not read there is a frame, and no word of a picture that is lacking.
      try await browser.wait(for: "\(pictures) === 10")
      #expect(
        try await browser.evaluate("document.querySelectorAll('#gallery .picture').length") == "60")
      #expect(try await browser.evaluate(facts).contains("10 embedded"))
      let asked = try await browser.evaluate(columns)
      try await browser.evaluate(
        "document.querySelector('#gallery li:nth-child(3) .picture').focus()")
      var events = 0
      // Nothing is quiet for as long as it takes to show all anew.
      while try await browser.evaluate(facts).contains("· 10 embedded"), events < 1200 {
        events += 1
        exploration.advance(to: .embedding, embedded: min(10 + events, 59))
        try await Task.sleep(for: .milliseconds(500))
      }
      #expect(events < 1200, "nothing was shown before the end")
      try await browser.wait(for: "\(pictures) > 10")
      #expect(
        try await browser.evaluate("document.activeElement.closest('li')?.dataset.row") == "2")
      exploration.advance(to: .ready, embedded: 130)
      try await browser.wait(
        for: """
          [...document.querySelectorAll("#gallery img")].slice(0, 6).every((image) => image.naturalWidth > 0)
          && \(pictures) === 60 && document.getElementById("progress").hidden
          """)
      #expect(try await browser.evaluate("document.querySelectorAll('.lacking').length") == "0")
      // The columns stay as they were, and so does where one is.
      #expect(try await browser.evaluate(columns) == asked)
      #expect(
        try await browser.evaluate("document.activeElement.closest('li')?.dataset.row") == "2")
    }
  }

  @Test func `a picture that was lacking is asked for again once there is news`() async throws {
    let exploration = GrowingExploration(count: 130)
    exploration.advance(to: .embedding, embedded: 130)
    try await visit(exploration) { browser in
      try await browser.wait(for: "document.querySelectorAll('#gallery img').length === 60")
      try await browser.evaluate(
        "document.querySelector('#gallery img').dispatchEvent(new Event('error'))")
      #expect(try await browser.evaluate("document.querySelectorAll('.lacking').length") == "1")
      exploration.advance(to: .ready, embedded: 130)
      try await browser.wait(for: "document.querySelectorAll('#gallery img').length === 60")
    }
  }

  @Test func `a link that is opened while files are read shows what it names once they are there`()
    async throws
  {
    let exploration = GrowingExploration(count: 130)
    let selection = "selection=bAQ"
    try await visit(
      exploration,
      "#image=5&like=3&color=kind&\(selection)&filter=%7B%22key%22%3A%22kind%22%2C"
        + "%22isOne%22%3A%5B%22apples%22%5D%7D&of=99"
    ) { browser in
      let complaints = "document.getElementById('complaints').textContent"
      #expect(try await browser.evaluate(complaints) == "")
      #expect(try await browser.evaluate("document.getElementById('detail').open") == "false")
      // What it was made of stays in the address.
      try await browser.evaluate("explorer.model.set({ page: 2 })")
      #expect(try await browser.evaluate("location.hash").hasSuffix("&of=99"))
      exploration.advance(to: .embedding, embedded: 130)
      try await browser.wait(
        for:
          "document.getElementById('detail').open && explorer.model.found && explorer.model.passing"
      )
      #expect(try await browser.evaluate("explorer.model.image") == "5")
      let words = try await browser.evaluate(complaints)
      #expect(words.contains("made of 99 images and there are 130 now"), "\(words)")
      #expect(words.contains("selection is one of other images"), "\(words)")
      #expect(!words.contains("no column"), "\(words)")
      // What is chosen from now on is chosen among these.
      try await browser.evaluate("explorer.model.set({ image: 6 })")
      #expect(try await browser.evaluate("location.hash").contains("of=130"))
    }
  }

  @Test func `problems are listed a hundred at a time`() async throws {
    let exploration = GrowingExploration(count: 130)
    exploration.advance(to: .ready, embedded: 130, problems: 250)
    try await visit(exploration) { browser in
      let (lines, words) = (
        "document.querySelectorAll('.problems li').length",
        "document.querySelector('.problems .note').textContent"
      )
      try await browser.evaluate("document.querySelector('.problems').open = true")
      #expect(try await browser.evaluate(lines) == "100")
      #expect(try await browser.evaluate(words).hasPrefix("And 150 more."))
      try await browser.click(".problems button")
      try await browser.wait(for: "\(lines) === 200")
      #expect(try await browser.evaluate(words).hasPrefix("And 50 more."))
      // Nothing of it is lost when all is shown anew.
      try await browser.evaluate("explorer.refresh()")
      try await browser.click(".problems button")
      try await browser.wait(for: "\(lines) === 250")
      #expect(
        try await browser.evaluate(
          "document.querySelector('.problems li:last-child strong').textContent")
          == "broken 249.jpg")
      #expect(
        try await browser.evaluate("document.querySelector('.problems .note').hidden") == "true")
    }
  }
}
