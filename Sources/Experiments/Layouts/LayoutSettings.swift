import Analyses
import Files
public import Images

/// Which layouts a sweep makes.
public struct LayoutSettings: Sendable, Equatable {
  /// The methods with their settings.
  public var recipes: [LayoutRecipe]
  /// The classes of the sample that is laid out beside the whole.
  public var sampleClasses: ClassSelection
  /// Whether all conditions are also laid out together, by one fit.
  public var isJoint: Bool

  init(_ section: ConfigurationSection) throws {
    let methods = try section.list(
      "methods",
      expected: "a list of \(LayoutMethod.allCases.map(\.rawValue).joined(separator: ", "))"
    ) { LayoutMethod(rawValue: $0) }
    var recipe = LayoutRecipe(.tsne)
    recipe.metric = try section.optionalChoice("metric", as: NeighborMetric.self)
    recipe.seed = try section.value("seed", default: 0, expected: Experiment.wholeNumber) {
      UInt64($0)
    }
    recipe.perplexity = try section.optional("perplexity", expected: "a number from 1") { text in
      Double(text).flatMap { $0 >= 1 && $0.isFinite ? $0 : nil }
    }
    recipe.iterations = try section.value(
      "iterations", default: recipe.iterations, expected: Self.positive, Experiment.positive)
    recipe.earlyExaggeration = try section.value(
      "early-exaggeration", default: recipe.earlyExaggeration, expected: "a number from 1"
    ) { text in Double(text).flatMap { $0 >= 1 && $0.isFinite ? $0 : nil } }
    recipe.learningRate = try section.optional(
      "learning-rate", expected: "a number above 0 (auto unless given)"
    ) { text in Double(text).flatMap { $0 > 0 && $0.isFinite ? $0 : nil } }
    recipe.neighborCount = try section.optional("neighbors", expected: "a whole number from 2") {
      text in Int(text).flatMap { $0 >= 2 ? $0 : nil }
    }
    recipe.minimumDistance = try section.value(
      "min-dist", default: recipe.minimumDistance, expected: "a number from 0 to 1"
    ) { text in Double(text).flatMap { (0...1).contains($0) ? $0 : nil } }
    recipe.epochs = try section.optional("epochs", expected: Self.positive, Experiment.positive)
    recipes = (methods ?? LayoutMethod.allCases).map { method in
      var own = recipe
      own.method = method
      return own
    }
    sampleClasses = try Experiment.classSelection(
      section, key: "sample-classes", fallback: .sample(count: 15, seed: 0))
    isJoint = try section.value("joint", default: true, expected: "true or false") { Bool($0) }
    try section.finish()
  }

  private static let positive = "a whole number above 0"

  /// The settings that decide results, for the configuration's digest.
  var canonicalSettings: [(String, String)] {
    guard let recipe = recipes.first else { return [] }
    let sample =
      switch sampleClasses {
      case .all: "all"
      case .named(let names): names.joined(separator: ",")
      case .sample(let count, let seed): "\(count) by seed \(seed)"
      }
    return [
      ("layouts.methods", recipes.map(\.method.rawValue).joined(separator: ",")),
      ("layouts.metric", recipe.metric?.rawValue ?? ""), ("layouts.seed", "\(recipe.seed)"),
      ("layouts.perplexity", recipe.perplexity?.shortestText ?? ""),
      ("layouts.iterations", "\(recipe.iterations)"),
      ("layouts.early-exaggeration", recipe.earlyExaggeration.shortestText),
      ("layouts.learning-rate", recipe.learningRate?.shortestText ?? ""),
      ("layouts.neighbors", recipe.neighborCount.map(String.init) ?? ""),
      ("layouts.min-dist", recipe.minimumDistance.shortestText),
      ("layouts.epochs", recipe.epochs.map(String.init) ?? ""),
      ("layouts.sample-classes", sample), ("layouts.joint", "\(isJoint)"),
    ]
  }
}
