import Files
import Foundation
import Pages
import RunAnalyses
import Runs

/// The page of a run directory.
struct RunPage {
  private let run: ReportedRun
  private let figures: FigureReport
  private let manifest: Manifest?
  /// What a reader has to know of the tables before all else.
  private let remarks: [String]

  init(_ run: ReportedRun, figures: FigureReport, remarks: [String] = []) throws {
    self.remarks = remarks
    self.run = run
    self.figures = figures
    manifest = try Manifest.read(run.directory)
  }

  /// The page.
  ///
  /// - Throws: `FileError` naming a table, figure or thumbnail that is damaged.
  func html() throws -> HTML {
    var page = PageDocument(title: title, facts: facts, source: Self.source)
    let sheets = try SpriteSheets(
      folder: run.directory.file("thumbnails"), count: run.paths.count)
    let map = try RunMap(run, sheets: sheets)
    let hasMap = !map.data.layouts.isEmpty
    let setting = PageTopic.Setting(
      run: run, figures: figures.figures, noises: run.topLevels.compactMap(\.noise),
      links: hasMap ? MapLinks(run) : nil, hasThumbnails: sheets != nil,
      control: RunDirectory(run.directory.file(RunDirectory.controlFolder)))
    var anchors = PageAnchors()
    let shared = try PageSection.all.map {
      try PageTopic($0, noise: nil, in: setting, &anchors)
    }
    let own = try (setting.isFolded ? setting.noises : []).map { noise in
      (
        noise: noise,
        topics: try PageSection.all.map {
          try PageTopic($0, noise: noise, in: setting, &anchors)
        }
      )
    }
    let summary = try RunSummary(run, manifest: manifest)
    page.add(Self.remarksName, Self.remarksHeading, remarks.isEmpty ? "" : .list(remarks))
    page.add("summary", "Summary", summaryHTML(summary, anchors))
    for (place, topic) in shared.enumerated() {
      // What is of one kind of noise comes before what is left of its parts, and of the whole space.
      if topic.section == .topology {
        for (noise, topics) in own {
          try page.add(
            Self.anchor(ofNoise: noise), Wording.sentenceCase(Wording.noise(noise)),
            topics.map { try section($0, anchors, isPart: true) }.joined(), isFolded: true,
            gist: summary.overview.first { $0.noise == noise }?.gist ?? "")
        }
      }
      let isMapped = topic.section == .layouts && hasMap
      page.add(
        topic.section.name, topic.section.heading,
        try section(shared[place], anchors, map: isMapped ? LayoutMap.html : ""),
        isFolded: topic.section.isFolded)
    }
    if let remarks = manifest?.remarks {
      page.add("inputs", "What to know of the inputs", .list(remarks))
    }
    page.add(
      "missing", "What is missing", try missing(map: map, sheets: sheets), isFolded: true)
    page.add(
      "cite", "How to cite",
      Citations.html { FileManager.default.fileExists(atPath: run.directory.file($0)) },
      isFolded: true)
    page.add(
      "versions", "Versions, seeds and settings",
      try manifest.map {
        try ManifestSection($0, path: run.directory.file(Manifest.fileName)).html()
      }
        ?? HTML.paragraph("This run has no manifest.json, so its versions and seeds are not known."),
      isFolded: true)
    if hasMap || sheets != nil { page.data = try map.data.html() + (sheets?.html ?? "") }
    page.data += try carriedFiles()
    return page.html
  }

  /// Where the numbers of a page of a folder are from.
  static let source = "The tables behind every number lie in the run directory."

  static let remarksName = "changed"
  static let remarksHeading = "Files that were changed"

  /// A run is called as its folder is.
  private var title: String {
    let folder = URL(fileURLWithPath: run.directory.path).standardizedFileURL.lastPathComponent
    return "topoclip: \(folder)"
  }

  private var facts: HTML {
    var parts = [
      Wording.count(run.paths.count, "image"),
      Wording.count(run.classes.count, "class", plural: "classes"),
      Wording.count(run.conditions.count, "condition"),
    ]
    if let model = manifest?.model?.name { parts.append("model \(model)") }
    if let source = manifest?.data?.source, !source.isEmpty { parts.append("data \(source)") }
    if let finished = manifest?.finishedAt {
      parts.append("finished \(finished.formatted(.iso8601))")
    }
    return HTML.paragraph(parts.joined(separator: " · "), class: "facts")
  }

  private static func anchor(ofNoise noise: String) -> String {
    "noise-\(HTML.identifier(noise))"
  }

  // MARK: Summary

  private func summaryHTML(_ summary: RunSummary, _ anchors: PageAnchors) -> HTML {
    let answer = summary.answer.map { sentence -> HTML in "<p>\(anchors.html(sentence))</p>\n" }
      .joined()
    var html: HTML = "<div class=\"answer\">\(answer)</div>\n"
    if summary.overview.count > 1 { html += Self.table(summary.overview) }
    if !summary.limits.isEmpty {
      html += """
        <div class="limits"><h3>What could not be concluded</h3>
        \(HTML.list(summary.limits))</div>

        """
    }
    return html
  }

  /// The kinds of noise, a row each.
  private static func table(_ overview: [NoiseOverview]) -> HTML {
    let heads: [HTML] = [
      "Noise", "Top-1 accuracy", "Drop", "Strongest measure of topology", "Its correlation",
      "Topology adds", "Verdict",
    ]
    let hasAdded = overview.contains { $0.added != nil }
    func row(_ cells: [HTML], _ tag: (HTML) -> HTML) -> HTML {
      let shown = cells.enumerated().filter { $0.offset != 5 || hasAdded }.map { tag($0.element) }
      return "<tr>\(shown.joined())</tr>\n"
    }
    let lines = overview.map { noise -> HTML in
      let texts = [
        noise.accuracy, noise.drop, noise.measure, noise.correlation, noise.added, noise.verdict,
      ].map { text -> HTML in "\(HTML.unbroken(text ?? ""))" }
      let name: HTML = """
        <a href="#\(anchor(ofNoise: noise.noise))">\(Wording.sentenceCase(Wording.noise(noise.noise)))</a>
        """
      return row([name] + texts) { "<td>\($0)</td>" }
    }
    return """
      <div class="table overview" id="kinds"><div class="table-box" tabindex="0" role="region" \
      aria-label="Kinds of noise"><table><thead>
      \(row(heads) { "<th scope=\"col\">\($0)</th>" })</thead><tbody>
      \(lines.joined())</tbody></table></div></div>

      """
  }

  // MARK: Sections

  /// A part: of the page under its heading; of a fold with a smaller one.
  private func section(
    _ topic: PageTopic, _ anchors: PageAnchors, map: HTML = "", isPart: Bool = false
  ) throws -> HTML {
    let sentences = try topic.told.flatMap { try topic.section.sentences(run, $0) }
    let html = topic.html(anchors.paragraph(sentences), map: map)
    guard isPart, !html.isEmpty else { return html }
    let id = HTML.identifier("\(topic.section.name)-\(topic.noise ?? "")")
    return "<h3 class=\"part\" id=\"\(id)\">\(topic.section.heading)</h3>\n\(html)"
  }

  /// The most bytes of a table that the page carries inside.
  private static let largestCarried = 120_000

  /// The files of its tables, so that a page that was sent alone gives them too.
  private func carriedFiles() throws -> HTML {
    let files = PageSection.all.flatMap(\.tables).map(\.file.pattern.text).uniqued
    return try files.filter { !$0.contains("*") }.map { name -> HTML in
      let path = run.directory.file(name)
      guard let size = try FileStatus(path)?.size, size <= Self.largestCarried else { return "" }
      return SortableTable.carried(name, base64: try FileContents.read(path).base64EncodedString())
    }.joined()
  }

  /// Figures, tables and pictures that the page could not show, with the reason.
  private func missing(map: RunMap, sheets: SpriteSheets?) throws -> HTML {
    var items = figures.messages
    let files = PageSection.all.flatMap(\.tables).map(\.file)
    // Generated images are all made alike.
    let expected = files.filter {
      manifest?.isGenerated != true || $0.pattern != GroupColumns.file.pattern
    }
    let absent = try Set(
      expected.filter { try run.directory.existing([$0]).isEmpty }.map(\.pattern.text)
    )
    .sorted()
    if !absent.isEmpty {
      items.append(
        "The run directory has no \(Wording.list(absent)): "
          + (absent.count == 1
            ? "this analysis was not asked for, or the data did not allow it."
            : "these analyses were not asked for, or the data did not allow them.")
      )
    }
    if sheets == nil, !map.data.layouts.isEmpty {
      items.append("The map shows no thumbnails: the run has none, or too many to fit a page.")
    }
    if !map.leftOut.isEmpty {
      items.append(
        "The map leaves out, for their size, the layouts \(Wording.list(map.leftOut)).")
    }
    return items.isEmpty ? "" : HTML.list(items) + "\n"
  }
}
