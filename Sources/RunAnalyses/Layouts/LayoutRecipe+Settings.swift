import Analyses
import Files
import LinearAlgebra
import Runs

extension LayoutRecipe {
  /// A method with options of a command line.
  ///
  /// - Parameters:
  ///   - method: The method.
  ///   - options: The texts of options by their names, the keys of `layouts` in an experiment; nil for
  ///     those not given.
  /// - Throws: `RunError.setting` naming the option, its text and what was expected.
  package init(_ method: LayoutMethod, options: KeyValuePairs<String, String?>) throws {
    var fields: [String: ConfigurationTree] = [:]
    for case (let name, let text?) in options {
      guard !text.isEmpty else {
        throw RunError.setting(
          place: "--\(name)", problem: "expected a value, found none")
      }
      fields[name] = .scalar(text, place: "--\(name)")
    }
    self.init(method)
    let section = try ConfigurationSection(.mapping(fields, place: "the command line"))
    for setting in Self.declared { try setting.read(&self, section) }
  }

  /// The settings of all methods, in the order of the canonical text.
  static let declared: [Setting<Self>] = [
    .value(
      "metric", \.metric, "the distance between points; empty for the method's own",
      expected: "one of \(Metric.neighborNames)"
    ) {
      Metric.ofNeighbors(named: $0).map { .some($0) }
    } text: {
      $0?.name ?? ""
    },
    .seed("seed", \.seed, "the seed of all that is random"),
    .automatic("perplexity", \.perplexity, from: 1, "t-SNE's perplexity: auto or a number"),
    .value(
      "iterations", \.iterations, "t-SNE's iterations", expected: "a whole number above 0",
      parse: ConfigurationSection.positive
    ) {
      "\($0)"
    },
    .value(
      "early-exaggeration", \.earlyExaggeration,
      "the factor on t-SNE's affinities in the first third of the iterations",
      expected: "a number from 1"
    ) { text in
      Double(text).flatMap { $0 >= 1 && $0.isFinite ? $0 : nil }
    } text: {
      $0.shortestText
    },
    .automatic(
      "learning-rate", \.learningRate, from: nil, "t-SNE's learning rate: auto or a number"),
    .automatic(
      "neighbors", \.neighborCount, 2...(.max), expected: "a whole number from 2",
      "UMAP's neighbours, a point itself among them: auto or a number"),
    .value(
      "min-dist", \.minimumDistance, "UMAP's least distance between points of the layout",
      expected: "a number from 0 to 1"
    ) { text in
      Double(text).flatMap { (0...1).contains($0) ? $0 : nil }
    } text: {
      $0.shortestText
    },
    .automatic(
      "epochs", \.epochs, 1...1_000_000, expected: "a whole number from 1 to 1000000",
      "UMAP's epochs: auto or a number"),
  ]
}

extension LayoutMethod {
  /// The keys of the settings that decide its layouts.
  var settings: [String] {
    switch self {
    case .tsne:
      ["metric", "seed", "perplexity", "iterations", "early-exaggeration", "learning-rate"]
    case .umap: ["metric", "seed", "neighbors", "min-dist", "epochs"]
    case .pca: []
    }
  }
}

extension Setting<LayoutRecipe> {
  /// A number from a least one on, or any above 0; `auto` leaves it to the method.
  fileprivate static func automatic(
    _ key: String, _ path: any WritableKeyPath<LayoutRecipe, Double?> & Sendable, from least: Int?,
    _ help: String
  ) -> Setting {
    .value(
      key, path, help,
      expected: "auto or " + (least.map { "a number from \($0)" } ?? "a number above 0")
    ) { text -> Double?? in
      if text == "auto" { return .some(nil) }
      guard let number = Double(text), number.isFinite,
        number >= least.map(Double.init) ?? .leastNonzeroMagnitude
      else { return nil }
      return .some(number)
    } text: {
      $0?.shortestText ?? ""
    }
  }

  /// A whole number in a range; `auto` leaves it to the method.
  fileprivate static func automatic(
    _ key: String, _ path: any WritableKeyPath<LayoutRecipe, Int?> & Sendable,
    _ range: ClosedRange<Int>, expected: String, _ help: String
  ) -> Setting {
    .value(key, path, help, expected: "auto or \(expected)") { text -> Int?? in
      if text == "auto" { return .some(nil) }
      return Int(text).flatMap { range.contains($0) ? .some($0) : nil }
    } text: {
      $0.map(String.init) ?? ""
    }
  }
}
