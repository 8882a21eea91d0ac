/// Which tests a correlation is corrected with.
package enum LinkFamily: String, Sendable, Codable, CaseIterable {
  /// The measures that were named beforehand.
  case primary
  /// All other measures of topology and geometry.
  case further
  /// What a measure has to be better than: no test.
  case reference
  /// A check of another result: no test.
  case none

  /// Whether its correlations are tested.
  package var isTested: Bool { self == .primary || self == .further }

  /// The family of a correlation.
  init(_ measure: ChangeMeasure, _ scope: TrackedMeasure.Scope, primary: [String]) {
    self =
      if measure.family == .reference {
        .reference
      } else if !scope.isTested {
        .none
      } else {
        primary.contains(measure.name) ? .primary : .further
      }
  }
}
