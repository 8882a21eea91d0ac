import Fixtures
import Runs
import Testing

@testable import Reports

struct AngleFiguresTests {
  private func map(_ means: [Double], null: Double?) throws -> AngleMap {
    let folder = try TemporaryFolder()
    let radians = Double.pi / 180
    var text = "class_a,class_b,mean\(null == nil ? "" : ",null_mean")\n"
    for ((a, b), mean) in zip([("a", "b"), ("a", "c"), ("b", "c")], means) {
      for pair in ["\(a),\(b)", "\(b),\(a)"] {
        text += "\(pair),\(mean * radians)\(null.map { ",\($0 * radians)" } ?? "")\n"
      }
    }
    _ = try folder.write(text, "angles/heatmap-clean.csv")
    _ = try folder.write("row,path,class,split\n0,0,a,\n1,1,b,\n2,2,c,\n", "samples.csv")
    _ = try folder.write("", "embeddings/clean.npy")
    let run = try ReportedRun(folder.path)
    let series = NoiseSeries(kind: nil, conditions: [.clean], seedCount: 1)
    return try #require(AngleMap.all(run, series).first)
  }

  @Test func `a map has every pair once and knows the closest`() throws {
    let map = try map([40, 30, 60], null: 80)
    #expect(map.pairs.map(\.classes) == [["a", "b"], ["a", "c"], ["b", "c"]])
    #expect(map.closest?.classes == ["a", "c"])
    #expect(map.nulls.count == 3 && abs(map.nulls[0] - 80) < 1e-9)
    #expect(map.matrix[0][0].isNaN && abs(map.matrix[2][1] - 60) < 1e-9)
  }

  @Test func `random planes are marked where they are on the scale`() throws {
    let within = try map([40, 30, 60], null: 50)
    let colors = try #require(AngleFigures.colors([within]))
    #expect(abs(colors.range.lowerBound - 30) < 1e-9 && abs(colors.range.upperBound - 60) < 1e-9)
    #expect(colors.marks.map(\.label) == ["random"])
    let geometry = FigureGeometry(FigureScriptTests.figure())
    func shows(_ colors: ColorScale) -> Bool {
      colors.commands(geometry.panel(0), geometry, showsBar: true)
        .contains { $0.contains("\"random\"") }
    }
    #expect(shows(colors))
    #expect(try !shows(#require(AngleFigures.colors([map([40, 30, 60], null: 80)]))))
    #expect(try AngleFigures.colors([map([40, 30, 60], null: nil)])?.marks.isEmpty == true)
  }

  @Test func `angles of rounding make no scale`() throws {
    let colors = try #require(
      AngleFigures.colors([map([1e-16, 3e-16, 2e-16], null: nil)]))
    #expect(abs(colors.range.upperBound - colors.range.lowerBound - 1) < 1e-12)
    #expect(colors.ticks.allSatisfy { !$0.label.contains("10") })
    #expect(colors.ticks.map(\.label) == ["0.0°", "0.2°", "0.4°", "0.6°", "0.8°", "1.0°"])
  }
}
