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
    .automatic(
      "perplexity", \.perplexity, in: 1...1e6, "t-SNE's perplexity: auto or a number"),
    .count("iterations", \.iterations, in: .passes, "t-SNE's iterations"),
    .number(
      "early-exaggeration", \.earlyExaggeration, in: 1...1e6,
      "the factor on t-SNE's affinities in the first third of the iterations"),
    .automatic(
      "learning-rate", \.learningRate, in: .factors, "t-SNE's learning rate: auto or a number"),
    .automatic(
      "neighbors", \.neighborCount, in: 2...1_000_000,
      "UMAP's neighbours, a point itself among them: auto or a number"),
    .number(
      "min-dist", \.minimumDistance, in: 0...1,
      "UMAP's least distance between points of the layout"),
    .automatic("epochs", \.epochs, in: .passes, "UMAP's epochs: auto or a number"),
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
  /// A number in a range; `auto` leaves it to the method.
  fileprivate static func automatic(
    _ key: String, _ path: any WritableKeyPath<LayoutRecipe, Double?> & Sendable,
    in range: ClosedRange<Double>, _ help: String
  ) -> Setting {
    .value(key, path, help, expected: "auto or \(range.words)") { text -> Double?? in
      text == "auto" ? .some(nil) : range.number(text).map { .some($0) }
    } text: {
      $0?.shortestText ?? ""
    }
  }

  /// A whole number in a range; `auto` leaves it to the method.
  fileprivate static func automatic(
    _ key: String, _ path: any WritableKeyPath<LayoutRecipe, Int?> & Sendable,
    in range: ClosedRange<Int>, _ help: String
  ) -> Setting {
    .value(key, path, help, expected: "auto or \(range.words)") { text -> Int?? in
      text == "auto" ? .some(nil) : range.number(text).map { .some($0) }
    } text: {
      $0.map(String.init) ?? ""
    }
  }
}
