import Files
import Foundation
import Pages
import Runs

/// The page of a training directory: its curves, its validations, its settings.
struct TrainingPage {
  private let directory: String
  private let figures: FigureReport
  private let remarks: [String]

  init(_ directory: String, figures: FigureReport, remarks: [String] = []) {
    self.remarks = remarks
    self.directory = directory
    self.figures = figures
  }

  /// The page.
  ///
  /// - Throws: `FileError` naming the line of the log that is damaged.
  func html() throws -> HTML {
    let path = directory + "/" + TrainingManifest.fileName
    let manifest = try TrainingManifest.read(path)
    let name = manifest?.name ?? (directory as NSString).lastPathComponent
    var page = PageDocument(title: "topoclip training: \(name)", source: RunPage.source)
    page.add(RunPage.remarksName, RunPage.remarksHeading, remarks.isEmpty ? "" : .list(remarks))
    let validations = try self.validations()
    page.add("summary", "Summary", Self.summary(validations))
    var html = try figures.figures.html()
    if !validations.isEmpty {
      html += try PageTable(
        file: ValidationColumns.file, title: "Validations", caption: "A row a validation.",
        columns: nil
      ).html(Self.table(validations), id: "table-validations")
    }
    page.add("training", PageSection.training.heading, html)
    if !figures.messages.isEmpty {
      let items = figures.messages.map { message -> HTML in "<li>\(message)</li>" }.joined()
      page.add("missing", "What is missing", "<ul>\(items)</ul>\n")
    }
    page.add("cite", "How to cite", Citations.html { _ in false })
    page.add(
      "versions", "Versions, seeds and settings",
      try manifest.map { try ManifestSection($0, path: path).html() } ?? "")
    return page.html
  }

  /// A validation as the log has it.
  private struct Validation: Decodable {
    let kind: String
    let epochs: Int?
    let steps: Int?
    let scores: [String: Double]?
    let isBest: Bool?

    enum CodingKeys: String, CodingKey {
      case kind, epochs, steps, scores
      case isBest = "is_best"
    }
  }

  private func validations() throws -> [Validation] {
    let path = directory + "/" + ValidationColumns.file.pattern.text
    let lines = try FileContents.readText(path).split(separator: "\n")
    return try lines.enumerated().compactMap { index, line in
      do {
        let entry = try CheckedJSONDecoder().decode(Validation.self, from: Data(line.utf8))
        return entry.kind == "validation" ? entry : nil
      } catch {
        throw FileError(path, "line \(index + 1): is no entry of a training's log")
      }
    }
  }

  private static func summary(_ validations: [Validation]) -> HTML {
    guard let last = validations.last else {
      return HTML.paragraph("The log has no validation, so how well the model does is not known.")
    }
    func scores(_ entry: Validation) -> String {
      Wording.list(
        (entry.scores ?? [:]).sorted { $0.key < $1.key }.map {
          "\($0.key.replacing("_", with: " ")) \(Quantity.distance.text($0.value))"
        })
    }
    var text =
      "After \(Wording.count(last.epochs ?? 0, "epoch")) the validation gives \(scores(last))."
    if let best = validations.last(where: { $0.isBest == true }), best.epochs != last.epochs {
      text +=
        " The best was that after \(Wording.count(best.epochs ?? 0, "epoch")): \(scores(best))."
    }
    return "<div class=\"answer\">\(HTML.paragraph(text))</div>\n"
  }

  /// The columns of the log's validations.
  private enum ValidationColumns {
    static let epochs = Column<Int>("epochs", "How many epochs were over.")
    static let steps = Column<Int>("steps", "How many steps were over.")
    static let file = RunFile(
      "log.jsonl", "The steps and validations of a training.", columns: [epochs, steps],
      furtherColumns: "a column a score", role: .record)
  }

  private static func table(_ validations: [Validation]) -> Table {
    let scores = Set(validations.flatMap { ($0.scores ?? [:]).keys }).sorted()
      .map { Column<Double?>($0, "A score of the validation.") }
    var table = Table(ValidationColumns.file, further: scores)
    for entry in validations {
      table.append(
        [ValidationColumns.epochs(entry.epochs ?? 0), ValidationColumns.steps(entry.steps ?? 0)]
          + scores.map { $0(entry.scores?[$0.name]) })
    }
    return table
  }
}
