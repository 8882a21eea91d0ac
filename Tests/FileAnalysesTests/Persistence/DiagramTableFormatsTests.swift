import Files
import Fixtures
import RunAnalyses
import Testing
import Topology

@testable import FileAnalyses

struct DiagramTableFormatsTests {
  @Test func `an archive has a member a dimension, empty ones too`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/" + "d.npz"
    let diagram = try PersistenceDiagram([
      PersistenceBar(dimension: 0, birth: 0, death: .infinity)
    ])
    try AtomicFile.write(DiagramTable.npz(diagram, maximumDimension: 1), to: path)
    // Infinity is a coordinate here, which a matrix of points may not have; the messages show that
    // both members are there with their shapes.
    let problems = ["dgm0", "dgm1", "dgm2"].map { member in
      do {
        _ = try MatrixFile.read(path + ":" + member)
        return ""
      } catch { return "\(error)" }
    }
    #expect(problems[0].contains("row 0, column 1 is inf"), "\(problems[0])")
    #expect(problems[1].contains("shape [0, 2]"), "\(problems[1])")
    #expect(problems[2].contains("dgm0.npy, dgm1.npy"), "\(problems[2])")
  }
}
