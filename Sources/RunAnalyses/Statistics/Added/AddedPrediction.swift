import Analyses
import Foundation
import LinearAlgebra
import Runs

/// What topology adds to the references when the drop of classes that were not seen is predicted: a line of
/// `added.csv`.
struct AddedPrediction: Sendable, Codable {
  /// The kind of noise; `AddedColumns.all` for all kinds in one model.
  let noise: String
  let classCount: Int
  let conditionCount: Int
  /// The names of the measures of topology.
  let measures: [String]
  /// The names of the references.
  let covariates: [String]
  /// The result; nil where nothing is predicted.
  let numbers: IncrementalRSquared?
  let note: String

  /// What topology adds under some kinds of noise.
  ///
  /// A class that lacks most measures of topology, as one of a single image, is left out; then a measure
  /// that a class lacks.
  ///
  /// - Throws: `CancellationError`.
  init(
    _ noise: String, _ changes: ClassChanges, noises: [String], resampling: Resampling,
    control: ComputationControl
  ) throws {
    let classes = LinkedClasses(changes, noises: noises)
    let measures = changes.measures.filter { $0.measure.family == .topology }
    let defined = measures.map { Set(classes.places($0)) }
    let had = measures.indices.filter { !defined[$0].isEmpty }
    let places = classes.labels.indices.filter { place in
      2 * had.count { defined[$0].contains(place) } >= had.count
    }
    let used = had.filter { defined[$0].isSuperset(of: places) }
    let references = classes.references(places)
    self.noise = noise
    classCount = places.count
    conditionCount = classes.conditionCount
    self.measures = used.map { measures[$0].measure.name }
    covariates = references.map(\.name)

    let fewest = IncrementalRSquared.fewestClasses(references: references.count)
    if used.isEmpty || places.count < fewest {
      numbers = nil
      note =
        had.isEmpty
        ? "no measure of topology"
        : used.isEmpty && places.count >= fewest
          ? "no measure of topology is defined for every class"
          : "too few classes: \(fewest) are needed"
      return
    }
    numbers = try IncrementalRSquared.of(
      outcome: places.map { classes.drops[$0] }, references: references.map(\.values),
      further: used.map { classes.values(measures[$0], places) }, strata: classes.strata,
      permutations: resampling, control: control)
    let lost = had.filter { !used.contains($0) }.map { measures[$0].measure.name }
    note =
      numbers == nil
      ? "every class loses the same"
      : lost.isEmpty ? "" : "without \(lost.joined(separator: ",")): not defined for every class"
  }

  /// The line.
  var cells: [TableCell] {
    [
      AddedColumns.noise(noise), AddedColumns.classes(classCount),
      AddedColumns.conditions(conditionCount),
      AddedColumns.measures(measures.joined(separator: ",")),
      AddedColumns.covariates(covariates.joined(separator: ",")),
      AddedColumns.references(numbers?.references), AddedColumns.whole(numbers?.whole),
      AddedColumns.difference(numbers?.difference), AddedColumns.p(numbers?.pValue),
      AddedColumns.permutations(numbers?.permutations ?? 0), AddedColumns.note(note),
    ]
  }

  /// A sentence.
  var sentence: String {
    let place = noise == AddedColumns.all ? "Under all kinds of noise" : "Under \(noise)"
    guard let numbers else { return "\(place) nothing says what topology adds: \(note).\n" }
    func text(_ value: Double) -> String {
      let text = String(format: "%.3f", value)
      return text == "-0.000" ? "0.000" : text
    }
    return
      "\(place) topology adds ΔR² = \(text(numbers.difference)) (p = \(text(numbers.pValue))) to the "
      + "references' R² = \(text(numbers.references)).\n"
  }
}
