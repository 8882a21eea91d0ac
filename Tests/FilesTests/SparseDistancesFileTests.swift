import Fixtures
import Testing

@testable import Files

struct SparseDistancesFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `triples have their lines`() throws {
    let file = try SparseDistancesFile(
      path: folder.write("i,j,distance\n0,1,0.5\n\n 7, 2, 1e3\n-1,3,nan\n", "g.csv"))
    #expect(file.triples.map(\.0) == [0, 7, -1])
    #expect(file.triples.map(\.1) == [1, 2, 3])
    #expect(file.triples.map(\.2)[..<2] == [0.5, 1000])
    #expect(file.triples[2].2.isNaN)
    #expect(file.lines == [2, 4, 5])
  }

  @Test func `columns are found by name`() throws {
    let file = try SparseDistancesFile(path: folder.write("distance,w,j,i\n2,x,4,3\n", "g.csv"))
    #expect(file.triples.first?.0 == 3)
    #expect(file.triples.first?.1 == 4)
    #expect(file.triples.first?.2 == 2)
  }

  @Test func `what is no index and no number is named with its line`() throws {
    func problem(_ text: String) throws -> String {
      let path = try folder.write(text, "g.csv")
      return (#expect(throws: FileError.self) { try SparseDistancesFile(path: path) })?.problem
        ?? ""
    }
    #expect(
      try problem("i,j,distance\n0,1,2\n0,1.5,2\n").hasPrefix("line 3: j is \"1.5\"; expected"))
    #expect(try problem("i,j,distance\nx,1,2\n").hasPrefix("line 2: i is \"x\""))
    #expect(try problem("i,j,distance\n0,1,\n").hasPrefix("line 2: distance is \"\""))
    #expect(try problem("i,j,distance\n99999999999999999999,1,2\n").hasPrefix("line 2: i is"))
    #expect(try problem("i,j,d\n0,1,2\n").hasPrefix("has no column \"distance\""))
  }

  @Test(arguments: [
    "0 1 1.0\n1 2 0.5\n", "0.000e+00 1.000e+00 1.000e+00\n1.0 2.0 5e-01\n",
    "0.0,1.0,1.0\n1.0,2.0,0.5\n",
    "0\t1\t1\n\n1\t2\t.5\n", "0,1,1\n1,2,0.5", "0;1;1\n1;2;0.5",
  ])
  func `lines of three numbers without names are Ripser's`(text: String) throws {
    let file = try SparseDistancesFile(path: folder.write(text, "ripser.txt"))
    #expect(file.triples.map(\.0) == [0, 1])
    #expect(file.triples.map(\.1) == [1, 2])
    #expect(file.triples.map(\.2) == [1, 0.5])
    let named = try SparseDistancesFile(path: folder.write("i\tj\tdistance\n0\t1\t2\n", "t.tsv"))
    #expect(named.triples.map(\.2) == [2])
  }
}
