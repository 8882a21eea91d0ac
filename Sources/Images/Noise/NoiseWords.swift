/// What reports call a kind of noise and its levels.
public struct NoiseWords: Sendable {
  /// What a level is.
  public enum Measure: Sendable {
    /// A standard deviation, σ.
    case deviation
    /// A severity, 1 to 5.
    case severity
    /// A number of which no more is known, as of a kind that is not in the registry.
    case number
  }

  /// In titles, such as `lowered contrast`.
  public let title: String
  /// In sentences, such as `loss of contrast`.
  public let phrase: String
  /// What its levels are.
  public let measure: Measure
  /// In sentences before a severity, such as `lost contrast`.
  private let subject: String

  init(title: String, phrase: String? = nil, subject: String? = nil, measure: Measure) {
    self.title = title
    self.phrase = phrase ?? title
    self.subject = subject ?? title
    self.measure = measure
  }

  /// The words of the kind of a name; for a name that is not in the registry those that it is made of.
  public init(of name: String) {
    self =
      NoiseKind(named: name)?.words
      ?? NoiseWords(title: name.replacing(/[_-]/, with: " "), measure: .number)
  }

  /// The label of an axis of levels: `Noise level σ`, `Severity of shot noise`.
  public var axisLabel: String {
    switch measure {
    case .deviation: "Noise level σ"
    case .severity: "Severity of \(title)"
    case .number: "Level of \(title)"
    }
  }

  /// A level in a legend or above a panel: `σ = 0.5`, `severity 3`.
  public func level(_ level: String) -> String {
    switch measure {
    case .deviation: "σ = \(level)"
    case .severity: "severity \(level)"
    case .number: "level \(level)"
    }
  }

  /// A level as a sentence names it: `σ = 0.5`, `shot noise of severity 3`.
  public func phrase(level: String) -> String {
    let words = self.level(level)
    return measure == .deviation ? words : "\(subject) of \(words)"
  }
}
