/// How large a run is: what its report is estimated by.
package struct RunShape: Sendable, Equatable {
  package var images = 0
  package var classes = 0
  package var conditions = 0
  /// Kinds of noise.
  package var noises = 0
  /// The names of the analyses that are run.
  package var analyses: Set<String> = []

  /// Nothing.
  package init() {}

  /// The shape of a run of some samples under some conditions.
  package init(_ samples: SampleTable, _ conditions: [Condition], analyses: Set<String>) {
    images = samples.labels.count
    classes = samples.classes.count
    self.conditions = conditions.count
    noises = Set(conditions.compactMap(\.noise)).count
    self.analyses = analyses
  }
}
