import Analyses
public import Datasets
import Files

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
    // Each once, however often it is named: its files have its name.
    recipes = try LayoutMethod.allCases.filter { methods?.contains($0) ?? true }
      .map { try LayoutRecipe($0, section) }
    sampleClasses = try Experiment.classSelection(
      section, key: "sample-classes", fallback: .sample(count: 15, seed: 0))
    isJoint = try section.value("joint", default: true, expected: "true or false") { Bool($0) }
    try section.finish()
  }

  /// The settings that decide results, for the configuration's digest.
  var canonicalSettings: [(String, String)] {
    guard let recipe = recipes.first else { return [] }  // all have the same settings
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
