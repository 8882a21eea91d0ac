import Files
import Fixtures
import Foundation
import Testing

@testable import Runs

struct RunDirectoryRowsTests {
  private static let name = Column<String>("name", "A name.")
  private static let value = Column<Int>("value", "A number.")
  private let file = RunFile("rows.csv", "Rows.", columns: [Self.name, Self.value])

  @Test(arguments: [0, 1, 4096, 4097, 70_001])
  func `the bytes are those of a table with the same rows`(_ count: Int) throws {
    let folder = try TemporaryFolder()
    let run = RunDirectory(folder.path)
    @Sendable func cells(_ row: Int) -> [TableCell] {
      [Self.name("a \"name\", \(row)"), Self.value(row * row)]
    }
    var table = Table(file)
    for row in 0..<count { table.append(cells(row)) }
    let digest = try run.write(file, rowCount: count, row: cells)
    #expect(digest == Digest(of: table.csv))
    #expect(try String(contentsOfFile: run.file("rows.csv"), encoding: .utf8) == table.csv)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["rows.csv"])
  }
}
