import Version

/// A page that stands alone: style, script and data inside, and a policy that forbids it to load anything.
package struct PageDocument: Sendable {
  /// A part of the page under a heading of its own.
  private struct Section {
    let id: String
    let heading: String
    let contents: HTML
  }

  private let title: String
  private let facts: HTML
  private let styles: HTML
  private let source: String
  private var sections: [Section] = []
  /// Elements at the end of the body: data that the script reads.
  package var data: HTML = ""

  /// A page without sections.
  ///
  /// - Parameters:
  ///   - title: Its title, of text.
  ///   - facts: What stands under the title.
  ///   - styles: Rules of CSS of this page alone, behind those of all pages.
  ///   - source: A sentence for the foot of the page: where its numbers are from.
  package init(title: String, facts: HTML = "", styles: HTML = "", source: String) {
    self.title = title
    self.facts = facts
    self.styles = styles
    self.source = source
  }

  /// Adds a section; one without contents is left out.
  ///
  /// - Parameters:
  ///   - id: The element's id.
  ///   - heading: Its heading, of text.
  ///   - contents: What stands below it.
  package mutating func add(_ id: String, _ heading: String, _ contents: HTML) {
    guard !contents.isEmpty else { return }
    sections.append(Section(id: id, heading: heading, contents: contents))
  }

  /// The whole page.
  package var html: HTML {
    let links = sections.map { section -> HTML in
      "<li><a href=\"#\(section.id)\">\(section.heading)</a></li>"
    }.joined()
    let body = sections.map { section -> HTML in
      "<section id=\"\(section.id)\">\n<h2>\(section.heading)</h2>\n\(section.contents)</section>\n"
    }.joined()
    // One section needs no table of contents.
    let navigation: HTML = "<nav aria-label=\"Contents\"><ul>\(links)</ul></nav>"
    return """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
      style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="topoclip \(ProgramVersion.current.version)">
      <title>\(title)</title>
      <style>
      \(HTML(resource: PackageResources.page_css))\(styles)</style></head><body>
      <header><h1>\(title)</h1>
      \(facts)\(navigation, if: sections.count > 1)</header>
      <main>
      \(body)</main>
      <footer><p>Written by topoclip. \(source)</p></footer>
      \(data)<script>
      \(HTML(resource: PackageResources.page_js))</script></body></html>

      """
  }
}
