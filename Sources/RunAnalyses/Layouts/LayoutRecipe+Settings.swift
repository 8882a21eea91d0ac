package import Runs
import Analyses

extension LayoutRecipe {
  /// A method with options of a command line.
  ///
  /// - Parameters:
  ///   - method: The method.
  ///   - options: The texts of options by their names, the keys of `layouts` in an experiment; nil for
  ///     those not given.
  /// - Throws: `RunError.setting` naming the option, its text and what was expected.
  public init(_ method: LayoutMethod, options: KeyValuePairs<String, String?>) throws {
    var fields: [String: ConfigurationTree] = [:]
    for case (let name, let text?) in options {
      guard !text.isEmpty else {
        throw RunError.setting(
          place: "--\(name)", problem: "expected a value, found none")
      }
      fields[name] = .scalar(text, place: "--\(name)")
    }
    try self.init(
      method, ConfigurationSection(.mapping(fields, place: "the command line")))
  }

  /// A method with the settings of a section.
  package init(_ method: LayoutMethod, _ section: ConfigurationSection) throws {
    self.init(method)
    func automatic<Value>(
      _ key: String, expected: String, _ parse: (String) -> Value?
    ) throws -> Value? {
      try section.optional(key, expected: "auto or \(expected)") { text -> Value?? in
        text == "auto" ? .some(nil) : parse(text).map { .some($0) }
      } ?? nil
    }
    func number(from least: Double) -> (String) -> Double? {
      { text in Double(text).flatMap { $0 >= least && $0.isFinite ? $0 : nil } }
    }
    metric = try section.optionalChoice("metric", as: NeighborMetric.self)
    seed = try section.value("seed", default: seed, expected: ConfigurationSection.wholeNumber) {
      UInt64($0)
    }
    perplexity = try automatic(
      "perplexity", expected: "a number from 1", number(from: 1))
    iterations = try section.value(
      "iterations", default: iterations, expected: "a whole number above 0", ConfigurationSection.positive)
    earlyExaggeration = try section.value(
      "early-exaggeration", default: earlyExaggeration, expected: "a number from 1",
      number(from: 1))
    learningRate = try automatic(
      "learning-rate", expected: "a number above 0", number(from: .leastNonzeroMagnitude))
    neighborCount = try automatic("neighbors", expected: "a whole number from 2") { text in
      Int(text).flatMap { $0 >= 2 ? $0 : nil }
    }
    minimumDistance = try section.value(
      "min-dist", default: minimumDistance, expected: "a number from 0 to 1"
    ) { text in Double(text).flatMap { (0...1).contains($0) ? $0 : nil } }
    epochs = try automatic("epochs", expected: "a whole number from 1 to 1000000") { text in
      Int(text).flatMap { (1...1_000_000).contains($0) ? $0 : nil }
    }
  }
}
