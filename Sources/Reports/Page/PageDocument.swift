import Foundation
import Version

/// A page that stands alone: style, script and data inside, and a policy that forbids it to load anything.
struct PageDocument {
  let title: String
  /// Facts under the title, as HTML.
  let facts: String
  private(set) var sections: [(id: String, heading: String, html: String)] = []
  /// Elements at the end of the body: data that scripts read.
  var data = ""

  init(title: String, facts: String) {
    self.title = title
    self.facts = facts
  }

  /// Adds a section; one without contents is left out.
  mutating func add(_ id: String, _ heading: String, _ html: String) {
    guard !html.isEmpty else { return }
    sections.append((id, heading, html))
  }

  /// The page.
  var html: String {
    let contents = sections.map {
      "<li><a href=\"#\($0.id)\">\(HTML.escaped($0.heading))</a></li>"
    }.joined()
    let body = sections.map {
      "<section id=\"\($0.id)\">\n<h2>\(HTML.escaped($0.heading))</h2>\n\($0.html)</section>\n"
    }.joined()
    return """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
      style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="topoclip \(HTML.escaped(ProgramVersion.current.version))">
      <title>\(HTML.escaped(title))</title>
      <style>
      \(Self.text(PackageResources.page_css))</style></head><body>
      <header><h1>\(HTML.escaped(title))</h1>
      \(facts)<nav aria-label="Contents"><ul>\(contents)</ul></nav></header>
      <main>
      \(body)</main>
      <footer><p>Written by topoclip. The tables behind every number lie in the run directory.</p></footer>
      \(data)<script>
      \(Self.text(PackageResources.page_js))</script></body></html>

      """
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
