import Analyses
import Files
import Fixtures
import LinearAlgebra
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

struct LayoutSettingsTests {
  private func settings(_ assignments: [String] = []) throws -> LayoutSettings {
    try LayoutSettings(ConfigurationSection(assignments: assignments).section("layouts"))
  }

  @Test func `defaults are the recipes' own, for every method`() throws {
    let settings = try settings()
    #expect(settings.recipes == LayoutMethod.allCases.map { LayoutRecipe($0) })
    #expect(settings.sampleClasses == .sample(count: 15, seed: 0) && settings.isJoint)
  }

  @Test func `every key has its place`() throws {
    let settings = try settings([
      "layouts.methods=umap,tsne", "layouts.metric=cosine", "layouts.seed=7",
      "layouts.perplexity=12.5", "layouts.iterations=100", "layouts.early-exaggeration=4",
      "layouts.learning-rate=50", "layouts.neighbors=9", "layouts.min-dist=0.25",
      "layouts.epochs=80", "layouts.sample-classes=dotted,grid", "layouts.joint=false",
    ])
    // In one order, whatever that of the list.
    #expect(settings.recipes.map(\.method) == [.tsne, .umap])
    for recipe in settings.recipes {
      #expect(recipe.metric == .cosine && recipe.seed == 7 && recipe.perplexity == 12.5)
      #expect(recipe.iterations == 100 && recipe.earlyExaggeration == 4)
      #expect(recipe.learningRate == 50 && recipe.neighborCount == 9)
      #expect(recipe.minimumDistance == 0.25 && recipe.epochs == 80)
    }
    #expect(settings.sampleClasses == .named(["dotted", "grid"]) && !settings.isJoint)
  }

  @Test func `auto is what a key without a value is`() throws {
    let keys = ["perplexity", "learning-rate", "neighbors", "epochs"]
    #expect(try settings(keys.map { "layouts.\($0)=auto" }) == settings())
  }

  @Test func `a method named twice is made once, since its files have its name`() throws {
    let settings = try settings(["layouts.methods=pca,tsne,pca"])
    #expect(settings.recipes.map(\.method) == [.tsne, .pca])
  }

  @Test(arguments: [
    ("3", ClassSelection.sample(count: 3, seed: 5)), ("all", .all), ("a", .named(["a"])),
  ])
  func `the sample is a number, names or all`(text: String, selection: ClassSelection) throws {
    let settings = try settings(["layouts.sample-classes=\(text)", "layouts.class-seed=5"])
    #expect(settings.sampleClasses == selection)
  }

  @Test(arguments: [
    ("methods=tnse", "expected a list of tsne, umap, pca"), ("methods=tsne,", "methods is \"\""),
    ("metric=chebyshev", "expected one of \(Metric.neighborNames)"),
    ("seed=-1", "expected a whole number from 0"),
    ("perplexity=0.5", "expected auto or a number from 1"), ("perplexity=nan", "from 1"),
    ("perplexity=inf", "from 1"), ("iterations=0", "expected a whole number from 1 to 1000000"),
    ("iterations=1.5", "expected a whole number from 1 to 1000000"),
    ("early-exaggeration=0", "expected a number from 1"), ("early-exaggeration=auto", "from 1"),
    ("learning-rate=0", "expected auto or a number from 1e-12 to 1000000000000"),
    ("learning-rate=nan", "from 1e-12"), ("learning-rate=1e308", "to 1000000000000"),
    ("perplexity=1e308", "expected auto or a number from 1 to 1000000"),
    ("early-exaggeration=1e308", "expected a number from 1 to 1000000"),
    ("neighbors=1", "expected auto or a whole number from 2 to 1000000"),
    ("neighbors=9223372036854775807", "expected auto or a whole number from 2 to 1000000"),
    ("min-dist=1.1", "expected a number from 0 to 1"), ("min-dist=nan", "from 0 to 1"),
    ("epochs=0", "expected auto or a whole number from 1 to 1000000"),
    ("epochs=1000001", "to 1000000"), ("joint=perhaps", "expected true or false"),
    ("class-seed=x", "expected a whole number from 0"),
    ("sample-classes=a,,b", "expected all, a number, or class names"),
    ("perplexty=3", "did you mean layouts.perplexity?"),
  ])
  func `bad values are named with what was expected`(assignment: String, part: String) {
    let message = problem { _ = try settings(["layouts.\(assignment)"]) }
    #expect(message.hasPrefix("--set layouts.\(assignment): "), "\(message)")
    #expect(message.contains(part), "\(message)")
  }

  @Test func `every setting is among those that decide results`() throws {
    func canonical(_ assignments: [String]) throws -> [String] {
      try settings(assignments).canonical("layouts").map { "\($0.key)=\($0.value)" }
    }
    let base = try canonical([])
    for change in [
      "methods=pca", "metric=cosine", "seed=1", "perplexity=5", "iterations=10",
      "early-exaggeration=2", "learning-rate=3", "neighbors=4", "min-dist=0.2", "epochs=6",
      "sample-classes=2", "class-seed=1", "joint=false",
    ] {
      #expect(try canonical(["layouts.\(change)"]) != base, "\(change)")
    }
  }
}
