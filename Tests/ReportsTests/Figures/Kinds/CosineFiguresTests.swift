import Files
import RunAnalyses
import Runs
import Testing

@testable import Reports

struct CosineFiguresTests {
  @Test func `densities have area one`() throws {
    let table = Table(
      try CSV("bin_low,bin_high,count\n0,0.5,1\n0.5,1,3\n", file: "cosines.csv"),
      as: CosineColumns.file)
    #expect(try CosineFigures.density(table) == [[0.25, 0.5], [0.75, 1.5]])
  }
}
