/// A measure of how much the images of a class changed under noise: 0 for not at all, larger for more.
package struct ChangeMeasure: Sendable, Hashable {
  /// What a measure is made of.
  package enum Family: String, Sendable, CaseIterable {
    /// Persistence diagrams.
    case topology
    /// Embeddings, without diagrams.
    case geometry
    /// What a measure under test has to be better than: where a class began and how far its images moved.
    case reference
  }

  /// The column of `changes.csv`, and the name in `link.csv`.
  package let name: String
  /// What sentences and figures call it.
  package let words: String
  /// What it is made of.
  package let family: Family
  /// The name of the measure that this one is once distances are divided by their scale; nil for others.
  package let unscaled: String?

  /// A measure.
  package init(_ name: String, _ words: String, _ family: Family, unscaled: String? = nil) {
    self.name = name
    self.words = words
    self.family = family
    self.unscaled = unscaled
  }
}

/// A measure's values.
package struct MeasuredChange: Sendable {
  /// The measure.
  package let measure: ChangeMeasure
  /// A row a class, a number a noisy condition; nil where it is not defined.
  package var values: [[Double?]]

  /// The values of a measure.
  package init(_ measure: ChangeMeasure, values: [[Double?]]) {
    self.measure = measure
    self.values = values
  }

  /// The values of a measure, a row a noisy condition with a number a class.
  package init(_ measure: ChangeMeasure, byCondition rows: [[Double?]]) {
    self.init(
      measure,
      values: (rows.first ?? []).indices.map { label in rows.map { $0[label] } })
  }
}
