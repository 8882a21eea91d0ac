import RunAnalyses
import Runs

/// Whether topology adds anything to plain numbers: what `added.csv` and `partial.csv` say.
struct AddedSentences {
  /// A row of `added.csv`.
  private struct Row {
    let noise: String
    let references: Double?
    let both: Double?
    let delta: Double?
    let p: Double?
    let covariates: String
    let note: String
  }

  private let rows: [Row]
  private let partials: Table?

  init(_ run: ReportedRun) throws {
    typealias Columns = AddedColumns
    partials = try run.table(PartialColumns.file)
    guard let table = try run.table(Columns.file) else {
      rows = []
      return
    }
    let numbers = try (
      table.valuesIfKnown(Columns.references), table.valuesIfKnown(Columns.whole),
      table.valuesIfKnown(Columns.difference), table.valuesIfKnown(Columns.p)
    )
    let notes = try table.valuesIfKnown(Columns.note)
    let covariates = try table.valuesIfKnown(Columns.covariates)
    rows = try table[Columns.noise].enumerated().map { i, noise in
      Row(
        noise: noise, references: numbers.0[i], both: numbers.1[i], delta: numbers.2[i],
        p: numbers.3[i], covariates: covariates[i] ?? "", note: notes[i] ?? "")
    }
  }

  /// Of all kinds of noise together where there are several, else of the one.
  var headline: Sentence? {
    let own = rows.filter { $0.noise != AddedColumns.all }
    let joint = rows.first { $0.noise == AddedColumns.all }
    guard let row = own.count == 1 ? own.first : joint ?? own.first else { return nil }
    return Sentence(sentence(row), .table(AddedColumns.file))
  }

  /// `ΔR² = 0.02, p = 0.412`; nil where it was not computed.
  func short(_ noise: String) -> String? {
    guard let row = rows.first(where: { $0.noise == noise }), let delta = row.delta else {
      return nil
    }
    return "ΔR² = \(Quantity.coefficient.text(delta))"
      + (row.p.map { ", \(Wording.probability($0))" } ?? "")
  }

  private func sentence(_ row: Row) -> String {
    guard let references = row.references, let both = row.both, let delta = row.delta else {
      return "Whether topology adds anything to plain numbers could not be tested"
        + (row.note.isEmpty ? "." : ": \(row.note).")
    }
    let verdict =
      if let p = row.p {
        p < 0.05 && delta > 0
          ? "Topology adds something to plain numbers"
          : "Topology is not shown to add anything to plain numbers"
      } else {
        "What topology adds to plain numbers"
      }
    let p = row.p.map { ", \(Wording.probability($0))" } ?? ""
    return
      "\(verdict): of the drop of classes that a model has not seen, \(Self.words(row.covariates)) alone "
      + "tell R² = \(Quantity.coefficient.text(references)), and with topology beside "
      + "them R² = \(Quantity.coefficient.text(both)) (ΔR² = \(Quantity.coefficient.text(delta))\(p))."
  }

  /// What a list of covariates is called; in general where a name is none of ours.
  private static func words(_ covariates: String) -> String {
    let names = covariates.split(whereSeparator: { ",; ".contains($0) }).map(String.init)
    let words = names.compactMap {
      $0 == "class_size" ? "class size" : TrackingRow.words(ofMeasure: $0)
    }
    return words.isEmpty || words.count < names.count ? anyReferences : Wording.list(words)
  }

  private static let anyReferences = "plain numbers"

  /// What was found with the references held fixed.
  func partial(_ noise: String) -> [Sentence] {
    guard let partials,
      let rows = try? partials.rows(where: ConditionColumns.noise == noise),
      let measures = try? rows[TrackingColumns.measure],
      let estimates = try? rows.valuesIfKnown(PartialColumns.estimate),
      let p = try? rows.valuesIfKnown(PartialColumns.adjusted)
    else { return [] }
    let found = measures.indices.filter { (p[$0] ?? 1) < 0.05 }
    guard !found.isEmpty else { return [] }
    let told = found.map { i in
      let numbers = [
        estimates[i].map { "partial ρ = \(Quantity.coefficient.text($0))" },
        p[i].map { Wording.probability($0, name: "corrected p") },
      ].compactMap(\.self).joined(separator: ", ")
      return "\(TrackingRow.words(ofMeasure: measures[i]) ?? measures[i]) (\(numbers))"
    }
    return [
      Sentence(
        "With these plain numbers held fixed, \(Wording.list(told)) \(found.count == 1 ? "is" : "are") still correlated "
          + "with the drop.", noise: noise, .table(PartialColumns.file))
    ]
  }
}
