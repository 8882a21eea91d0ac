import Analyses
import Fixtures
import LinearAlgebra
import Testing

@testable import RunAnalyses

struct LayoutRecipeTests {
  private let control = ComputationControl()

  private func layout(
    _ recipe: LayoutRecipe, _ points: Matrix<Float>
  ) throws -> LayoutRecipe.Layout {
    var points = points
    return try recipe.layout(of: &points, control: control)
  }

  private func points(_ count: Int) -> Matrix<Float> {
    Matrix(
      rows: count, columns: 3,
      values: RandomStream(domain: "test/points", seed: 0).normals(count: 3 * count))
  }

  @Test func `few points get what they allow, with a note`() throws {
    let eight = try layout(LayoutRecipe(.tsne), points(8))
    #expect(eight.notes == ["perplexity 2, the largest that 8 points allow"])
    var explicit = LayoutRecipe(.tsne)
    explicit.perplexity = 2
    let same = try layout(explicit, points(8))
    #expect(same.notes.isEmpty && same.positions == eight.positions)
    #expect(
      try layout(LayoutRecipe(.umap), points(8)).notes == ["8 neighbours, all that there are"])
    #expect(try layout(LayoutRecipe(.pca), points(8)).notes.isEmpty)
    // Enough for the defaults: 30 · 3 others, and 15 neighbours.
    var short = LayoutRecipe(.tsne)
    short.iterations = 3
    #expect(try layout(short, points(91)).notes.isEmpty)
    #expect(try !layout(short, points(90)).notes.isEmpty)
    #expect(try layout(LayoutRecipe(.umap), points(15)).notes.isEmpty)
  }

  @Test(arguments: LayoutMethod.allCases)
  func `five points have a layout, four have none`(method: LayoutMethod) throws {
    let five = try layout(LayoutRecipe(method), points(5))
    #expect(five.positions.rows == 5 && five.positions.columns == 2)
    #expect(five.positions.values.allSatisfy { $0.isFinite })
    #expect((five.klDivergence != nil) == (method == .tsne))
    #expect((five.map != nil) == (method == .umap))
    let message = problem { _ = try layout(LayoutRecipe(method), points(4)) }
    #expect(message == "a layout of 4 points says nothing; expected 5 or more")
  }

  @Test func `settings that the points do not allow are errors, in the user's words`() {
    var umap = LayoutRecipe(.umap)
    umap.neighborCount = 9
    #expect(
      problem { _ = try layout(umap, points(8)) }
        == "9 neighbours of 8 points; expected 2 to 8, a point itself among them")
    umap.neighborCount = 8
    #expect(problem { _ = try layout(umap, points(8)) } == "")
    var tsne = LayoutRecipe(.tsne)
    tsne.perplexity = 3
    #expect(problem { _ = try layout(tsne, points(8)) }.contains("expected 1 to 2"))
    #expect(problem { try tsne.validate(pointCount: 8) }.contains("expected 1 to 2"))
    #expect(problem { try tsne.validate(pointCount: 10) } == "")
  }

  @Test(arguments: [LayoutMethod.tsne, .pca])
  func `points of one column are no plane`(method: LayoutMethod) {
    let line = Matrix<Float>((0..<9).map { [Float($0)] })
    #expect(
      problem { _ = try layout(LayoutRecipe(method), line) }.contains("expected 2 columns or more"))
  }

  @Test func `a layout that leaves all numbers behind is an error, never nan`() {
    var recipe = LayoutRecipe(.tsne)
    recipe.earlyExaggeration = 1e300
    #expect(problem { _ = try layout(recipe, points(12)) }.contains("beyond all numbers"))
  }

  @Test func `each method has its metric, and principal components only one`() {
    #expect(LayoutRecipe(.tsne).resolvedMetric == .euclidean)
    #expect(LayoutRecipe(.umap).resolvedMetric == .cosine)
    for (method, metric) in [(LayoutMethod.tsne, Metric.cosine), (.pca, .euclidean)] {
      var recipe = LayoutRecipe(method)
      recipe.metric = .cosine
      #expect(recipe.resolvedMetric == metric)
    }
  }

  @Test func `options are read as an experiment's settings are`() throws {
    let recipe = try LayoutRecipe(
      .tsne, options: ["perplexity": "5", "seed": "3", "learning-rate": "auto", "epochs": nil])
    var expected = LayoutRecipe(.tsne)
    expected.perplexity = 5
    expected.seed = 3
    #expect(recipe == expected)
    #expect(
      problem { _ = try LayoutRecipe(.tsne, options: ["perplexity": "0"]) }
        == "--perplexity: perplexity is \"0\"; expected auto or a number from 1 to 1000000")
    #expect(
      problem { _ = try LayoutRecipe(.umap, options: ["min-dist": ""]) }
        == "--min-dist: expected a value, found none")
  }
}
