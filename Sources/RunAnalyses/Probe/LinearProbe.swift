import Analyses
import LinearAlgebra
import Runs

/// A linear probe of clean embeddings, its C chosen on images that it was not fitted on.
struct LinearProbe: Sendable, Codable {
  /// The C that was chosen.
  let c: Double
  /// How many validation images there were, and how many of them it told.
  let validationCount: Int
  let validationRight: Int
  /// The last fit, of the classes that its training images have.
  let fit: MultinomialLogisticRegression
  /// Those classes.
  let classes: [Int]
  let trainingCount: Int

  /// Chooses C, from the least on, each fit beginning at the one before, and fits the probe.
  ///
  /// - Parameters:
  ///   - part: Which images do what.
  ///   - embeddings: The clean ones, unit rows.
  ///   - labels: The class of each.
  ///   - regularizations: The values of C, ascending.
  ///   - control: Stops between steps, and is told of the values of C.
  /// - Throws: `AnalysisError` where training images have fewer than two classes; `.cancelled`.
  init(
    _ part: ProbeDesign.Part, _ embeddings: Matrix<Float>, labels: [Int],
    regularizations: [Double], control: ComputationControl
  ) throws {
    let validation: Matrix<Double> = embeddings.selectingRows(part.validation).converted()
    var best: (c: Double, right: Int, fit: Fitted)?
    var last: Fitted?
    for (index, c) in regularizations.enumerated() {
      control.report("linear probe", index, regularizations.count)
      let fitted = try Fitted(
        part.training, embeddings, labels, c, startingAt: last, control: control)
      let right = try zip(part.validation, fitted.predictions(of: validation)).count {
        labels[$0] == $1
      }
      if right > best?.right ?? -1 { best = (c, right, fitted) }
      last = fitted
    }
    guard let best else { preconditionFailure("a value of C") }
    let final =
      part.final == part.training
      ? best.fit
      : try Fitted(part.final, embeddings, labels, best.c, startingAt: best.fit, control: control)
    c = best.c
    (validationCount, validationRight) = (part.validation.count, best.right)
    fit = final.fit
    classes = final.classes
    trainingCount = part.final.count
  }

  /// The classes that rows are told to be of.
  func predictions(of embeddings: Matrix<Float>) throws -> [Int] {
    try fit.predictions(of: embeddings.converted()).map { classes[$0] }
  }
}

/// A fit of the classes that its training rows have.
private struct Fitted {
  let fit: MultinomialLogisticRegression
  let classes: [Int]

  init(
    _ rows: [Int], _ embeddings: Matrix<Float>, _ labels: [Int], _ c: Double,
    startingAt start: Fitted?, control: ComputationControl
  ) throws {
    let classes = Set(rows.map { labels[$0] }).sorted()
    let places = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    fit = try MultinomialLogisticRegression(
      fitting: embeddings.selectingRows(rows).converted(),
      labels: rows.compactMap { places[labels[$0]] }, classCount: classes.count,
      inverseRegularization: c, startingAt: start?.classes == classes ? start?.fit : nil,
      control: control)
    self.classes = classes
  }

  func predictions(of embeddings: Matrix<Double>) throws -> [Int] {
    try fit.predictions(of: embeddings).map { classes[$0] }
  }
}
