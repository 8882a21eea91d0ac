import Version

/// A page that stands alone: style, script and data inside, and a policy that forbids it to load anything.
package struct PageDocument: Sendable {
  /// A part of the page under a heading of its own.
  private struct Section {
    let id: String
    let heading: String
    let contents: HTML
    /// Whether only its heading, and what `gist` says of it, is seen at first.
    let isFolded: Bool
    let gist: String
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
  ///   - isFolded: Whether it is folded away at first.
  ///   - gist: What is seen of it then, beside the heading; empty for nothing.
  package mutating func add(
    _ id: String, _ heading: String, _ contents: HTML, isFolded: Bool = false, gist: String = ""
  ) {
    guard !contents.isEmpty else { return }
    sections.append(
      Section(id: id, heading: heading, contents: contents, isFolded: isFolded, gist: gist))
  }

  private static func html(_ section: Section) -> HTML {
    let heading: HTML = "<h2>\(section.heading)</h2>"
    guard section.isFolded else {
      return "<section id=\"\(section.id)\">\n\(heading)\n\(section.contents)</section>\n"
    }
    let gist: HTML = "<span class=\"gist\">\(HTML.unbroken(section.gist))</span>"
    let fold = HTML.fold(
      summary: "\(heading)\(gist, if: !section.gist.isEmpty)", section.contents)
    return "<section id=\"\(section.id)\" class=\"folded\">\n\(fold)</section>\n"
  }

  /// The whole page.
  package var html: HTML {
    let links = sections.map { section -> HTML in
      "<li><a href=\"#\(section.id)\">\(section.heading)</a></li>"
    }.joined()
    let body = sections.map(Self.html).joined()
    // One section needs no table of contents.
    let hasContents = sections.count > 1
    let navigation: HTML =
      "<nav class=\"contents\" aria-label=\"Contents\"><ul>\(links)</ul></nav>\n"
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
      \(HTML(resource: PackageResources.page_css))\(HTML(resource: MapScripts.style.bytes))\
      \(HTML(resource: PackageResources.page_print_css))\
      \(styles)</style></head><body>
      <header><h1>\(title)</h1>
      \(facts)</header>
      <div class="page\(" wide", if: hasContents)">
      \(navigation, if: hasContents)<main>
      \(body)</main></div>
      <footer><p>Written by topoclip. \(source)</p></footer>
      \(data)<script>
      \(Self.script)</script></body></html>

      """
  }

  /// What a page does, in the order in which one part uses another.
  private static let script =
    ([PackageResources.page_thumbnails_js] + MapScripts.all.map(\.bytes) + [
      PackageResources.page_map_js, PackageResources.page_tables_js,
      PackageResources.page_navigation_js,
    ]).map { HTML(resource: Array(bare(String(decoding: $0, as: UTF8.self)).utf8)) }.joined()

  /// A script without indentation and without lines of comment: they are a quarter of it, in every page again.
  static func bare(_ script: String) -> String {
    var isComment = false
    var lines: [Substring] = []
    for line in script.split(separator: "\n") {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("/*") { isComment = true }
      if !isComment && !text.hasPrefix("//") { lines.append(text) }
      if text.hasSuffix("*/") { isComment = false }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
