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
    page.add(Self.remarksName, Self.remarksHeading, remarks.isEmpty ? "" : .list(remarks))
    if let remarks = manifest?.remarks {
      page.add("inputs", "What to know of the inputs", .list(remarks))
    }
    page.add("summary", "Summary", try summary())
    for section in PageSection.all {
      page.add(
        section.name, section.heading, try contents(section, map: map, sheets: sheets))
    }
    page.add("missing", "What is missing", try missing(map: map, sheets: sheets))
    page.add(
      "cite", "How to cite",
      Citations.html { FileManager.default.fileExists(atPath: run.directory.file($0)) })
    page.add(
      "versions", "Versions, seeds and settings",
      try manifest.map {
        try ManifestSection($0, path: run.directory.file(Manifest.fileName)).html()
      }
        ?? HTML.paragraph("This run has no manifest.json, so its versions and seeds are not known.")
    )
    if !map.data.layouts.isEmpty || sheets != nil {
      page.data = try map.data.html() + (sheets?.html ?? "")
    }
    return page.html
  }

  /// Where the numbers of a page of a folder are from.
  static let source = "The tables behind every number lie in the run directory."

  static let remarksName = "changed"
  static let remarksHeading = "Files that were changed"

  private var title: String {
    let name = manifest?.name ?? (run.directory.path as NSString).lastPathComponent
    return "topoclip: \(name)"
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

  private func summary() throws -> HTML {
    let summary = try RunSummary(run, manifest: manifest)
    let answer = summary.answer.map { HTML.paragraph($0) }.joined()
    var html: HTML = "<div class=\"answer\">\(answer)</div>\n"
    for part in summary.parts {
      html += "<h3>\(part.heading)</h3>\n"
      html += HTML.paragraph(part.sentences.joined(separator: " "))
    }
    if !summary.limits.isEmpty {
      html += """
        <div class="limits"><h3>What could not be concluded</h3>
        \(HTML.list(summary.limits))</div>

        """
    }
    return html
  }

  private func contents(
    _ section: PageSection, map: RunMap, sheets: SpriteSheets?
  ) throws -> HTML {
    var html: HTML = ""
    for sentence in try section.sentences(run) { html += .paragraph(sentence) }
    if section == .layouts, !map.data.layouts.isEmpty { html += LayoutMap.html }
    html += try figures.figures.filter { $0.section == section }.html()
    if section == .witnesses, let table = try run.table(WitnessColumns.file),
      !table.isEmpty
    {
      html += try Witnesses.html(table, thumbnails: sheets != nil)
    }
    for (index, table) in section.tables.enumerated() {
      guard let contents = try run.table(table.file) else { continue }
      html += try table.html(
        contents,
        id:
          "table-\(HTML.identifier((table.file.pattern.text as NSString).deletingPathExtension))-\(index)"
      )
    }
    return html
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
