import Files
import Foundation
import Pages
import RunAnalyses
import Runs

/// A part of a run's page for one kind of noise, or for all: its figures and tables, before its sentences are put
/// above them.
struct PageTopic {
  /// What topics of a page share.
  struct Setting {
    let run: ReportedRun
    let figures: [DrawnFigure]
    /// The kinds of noise.
    let noises: [String]
    /// Links to the map; nil without one.
    let links: MapLinks?
    /// Whether the page has thumbnails.
    let hasThumbnails: Bool
    /// The control's run directory.
    let control: RunDirectory
    /// Whether a kind of noise has a fold of its own.
    var isFolded: Bool { noises.count > 1 }
  }

  let section: PageSection
  /// The kind of noise; nil for all.
  let noise: String?
  /// Its sentences are of these: of one kind of noise, or of all together where it is nil.
  let told: [String?]
  private var figures: HTML = ""
  private var tables: HTML = ""
  private var moreFigures: HTML = ""
  private var moreTables: HTML = ""
  private var moreTitles: [String] = []
  private var moreFigureTitles: [String] = []
  private var pictures: HTML = ""

  /// The figures and tables of a part.
  ///
  /// - Parameters:
  ///   - section: The part.
  ///   - noise: The kind of noise where it has a fold of its own; nil for what is of all, and for the only kind.
  ///   - setting: The page.
  ///   - anchors: Takes the ids of what is there.
  /// - Throws: `FileError` naming a table or figure that is damaged.
  init(
    _ section: PageSection, noise: String?, in setting: Setting, _ anchors: inout PageAnchors
  ) throws {
    self.section = section
    self.noise = noise
    let run = setting.run
    told = noise.map { [$0] } ?? (setting.isFolded ? [nil] : [nil] + setting.noises.map { $0 })
    let own = setting.figures.filter {
      $0.section == section && (!setting.isFolded || $0.noise(of: setting.noises) == noise)
    }
    let isMore = { (figure: DrawnFigure) in
      section.foldedFigures.contains(figure.stem(of: setting.noises))
    }
    figures = try own.filter { !isMore($0) }.html()
    let folded = own.filter(isMore)
    moreFigures = try folded.html()
    moreFigureTitles = folded.map(\.title).uniqued
    for figure in own {
      let id = "figure-\(HTML.identifier(figure.name))"
      for one in told {
        anchors.add(.figure(figure.stem(of: setting.noises)), noise: one, id: id)
      }
    }
    if section == .accuracy { try addConfusions(setting, &anchors) }
    if section == .witnesses, !setting.isFolded || noise != nil,
      let table = try run.table(WitnessColumns.file), !table.isEmpty
    {
      pictures = try Witnesses.html(
        table, noise: noise, thumbnails: setting.hasThumbnails, links: setting.links)
    }
    for (index, table) in section.tables.enumerated()
    where !setting.isFolded || table.isPerNoise == (noise != nil) {
      guard let contents = try run.table(table.file), try table.isShown(run) else { continue }
      guard try noise == nil || !table.chosen(contents, noise).isEmpty else { continue }
      let stem = (table.file.pattern.text as NSString).deletingPathExtension
      let id = HTML.identifier("table-\(stem)-\(index)" + (noise.map { "-\($0)" } ?? ""))
      let control =
        table.controlKeys != nil || table.hasControlRows
        ? try setting.control.table(table.file) : nil
      let html = try table.html(
        contents, id: id, in: .init(noise: noise, control: control, links: setting.links))
      for one in told { anchors.add(.table(table.file), noise: one, id: id) }
      if table.isFolded {
        moreTables += html
        moreTitles.append(table.title)
      } else {
        tables += html
      }
    }
  }

  /// What images are taken for at the highest level.
  private mutating func addConfusions(_ setting: Setting, _ anchors: inout PageAnchors) throws {
    let tops = setting.run.topLevels.filter {
      noise == nil ? !setting.isFolded : $0.noise == noise
    }
    for top in tops {
      let id = HTML.identifier("confusions-\(top.noise ?? "")")
      let html = try Confusions.html(setting.run, at: top, id: id, links: setting.links)
      guard !html.isEmpty else { continue }
      moreTables += html
      moreTitles.append("What images are taken for")
      anchors.add(.table(ConfusionPairColumns.file), noise: top.noise, id: id)
    }
  }

  /// Whether there is nothing but sentences.
  var isEmpty: Bool {
    [figures, tables, moreFigures, moreTables, pictures].allSatisfy(\.isEmpty)
  }

  /// The part without its heading.
  ///
  /// - Parameters:
  ///   - sentences: What stands above the rest.
  ///   - map: The map, for the part that has it.
  /// - Returns: Its markup.
  func html(_ sentences: HTML, map: HTML = "") -> HTML {
    // The first figures stand between what is said and the numbers.
    sentences + map + figures + tables + pictures
      + HTML.fold(
        summary: "\(Self.list(figures.isEmpty ? "Figures" : "More figures", moreFigureTitles))",
        moreFigures, class: "more")
      + HTML.fold(
        summary: "\(Self.list(tables.isEmpty ? "Tables" : "More tables", moreTitles))",
        moreTables, class: "more screen")
  }

  /// What a fold hides: `Tables: probes by condition; …`.
  private static func list(_ what: String, _ titles: [String]) -> String {
    // A name such as t-SNE or UMAP keeps its capitals.
    let shown = titles.map { title in
      title.dropFirst().first?.isLowercase == true || title.dropFirst().first == " "
        ? title.prefix(1).lowercased() + title.dropFirst() : title
    }
    return "\(what): \(shown.joined(separator: "; "))"
  }
}
