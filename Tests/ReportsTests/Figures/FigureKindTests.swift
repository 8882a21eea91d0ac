import Files
import RunAnalyses
import Runs
import Testing
import Topology

@testable import Reports

/// What figures make of tables, by hand.
struct FigureKindTests {
  private func bar(_ dimension: Int, _ birth: Double, _ death: Double) -> PersistenceBar {
    PersistenceBar(dimension: dimension, birth: birth, death: death)
  }

  @Test func bettiCurvesCountBirthsAndNotDeaths() {
    let bars = [bar(1, 1, 3), bar(1, 2, 3), bar(1, 2, .infinity), bar(1, 2.5, 2.5)]
    #expect(BettiCurveFigure.curve(bars, to: 4) == [[0, 0], [1, 1], [2, 3], [3, 1], [4, 1]])
    #expect(BettiCurveFigure.curve([], to: 1) == [[0, 0], [1, 0]])
  }

  @Test func longestBarsAreShownByBirth() {
    let bars = (0..<200).map { bar(1, Double($0), Double($0) + ($0 < 150 ? 1 : 2)) }
    let longest = BarcodeFigure.longest(bars)
    #expect(longest.count == BarcodeFigure.barLimit)
    #expect(longest.suffix(50).map(\.birth) == (150..<200).map(Double.init))
    #expect(longest.map(\.birth) == longest.map(\.birth).sorted())
  }

  @Test func essentialBarsLieOnTheLineOfInfinity() {
    let points = DiagramFigures.points([bar(0, 0, 1), bar(0, 0, .infinity)], 2, 0...3)
    #expect(points == [[0, 1], [0, Scale.infinity(above: 2)]])
  }

  @Test func treesAreOrderedSoThatNoLinesCross() {
    let tree = MergeTreeFigures.Tree([("b", "d", 1), ("a", "c", 2), ("d", "a", 4)])
    #expect(tree.leaves == ["b", "d", "a", "c"])
    #expect(tree.height == 4)
    #expect(
      tree.lines == [
        [0, 0], [1, 0], [1, 1], [0, 1], [],
        [0, 2], [2, 2], [2, 3], [0, 3], [],
        [1, 0.5], [4, 0.5], [4, 2.5], [2, 2.5], [],
      ])
  }

  @Test func quantilesLieBetweenNeighbours() {
    #expect(DistanceFigures.quantile([1, 2, 4], 0.5) == 2)
    #expect(DistanceFigures.quantile([1, 2, 4], 0.75) == 3)
    #expect(DistanceFigures.quantile([5], 0.25) == 5)
  }

  @Test func densitiesHaveAreaOne() throws {
    let table = Table(
      try CSV("bin_low,bin_high,count\n0,0.5,1\n0.5,1,3\n", file: "cosines.csv"),
      as: CosineColumns.file)
    #expect(try CosineFigures.density(table) == [[0.25, 0.5], [0.75, 1.5]])
  }

  @Test func aSeriesHasTheCleanImagesAndTheFirstSeed() throws {
    let names = ["clean", "gaussian-0.5-s3", "gaussian-0.5-s7", "gaussian-1-s3", "blur-2"]
    let series = NoiseSeries.all(names.compactMap { Condition(name: $0) })
    #expect(series.map(\.name) == ["gaussian", "blur"])
    #expect(series[0].conditions.map(\.name) == ["clean", "gaussian-0.5-s3", "gaussian-1-s3"])
    #expect(series[0].seedSentence == " Noise seed 3, the first of 2.")
    #expect(series[1].conditions.map(NoiseSeries.text) == ["clean", "severity 2"])
    #expect(series[1].seedSentence.isEmpty)
    #expect(NoiseSeries.all([.clean]).map(\.name) == ["clean"])
    #expect(NoiseSeries.text(series[0].conditions[1]) == "σ = 0.5")
  }

  @Test func figuresOfAnyKindOfNoiseOfTheRunAreOurs() {
    for name in ["accuracy", "diagrams-gaussian", "diagrams-overlaid-shot", "tsne-sample-clean"] {
      #expect(FigureKind.isFigure(name, noises: []), "\(name)")
    }
    let imported: Set<String> = ["defocus_blur", "glass-2"]
    for name in ["diagrams-defocus_blur", "tsne-sample-glass-2"] {
      #expect(FigureKind.isFigure(name, noises: imported), "\(name)")
      #expect(!FigureKind.isFigure(name, noises: []), "\(name)")
    }
    for name in ["mine", "diagrams-mine", "accuracy2"] {
      #expect(!FigureKind.isFigure(name, noises: imported), "\(name)")
    }
  }

  @Test func measuresShownAreThoseOfTheRegistry() {
    let known = Set(AnalysisRegistry.measures)
    #expect(TrackingFigures.measures.allSatisfy { known.contains($0.0) })
  }

  @Test func classesAreToldApartByColorAndMarker() {
    let pairs = (0..<56).map {
      "\(FigureStyle.color(ofClass: $0)) \(FigureStyle.marker(ofClass: $0))"
    }
    #expect(Set(pairs).count == 56)
    #expect(FigureStyle.viridis(0) == "#440154")
    #expect(FigureStyle.viridis(1) == "#FDE725")
  }
}
