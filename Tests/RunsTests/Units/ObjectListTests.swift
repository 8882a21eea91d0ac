import Files
import Fixtures
import Foundation
import Testing

@testable import Runs

struct ObjectListTests {
  private let folder: TemporaryFolder
  private let run: RunDirectory

  init() throws {
    folder = try TemporaryFolder()
    run = RunDirectory(folder.path)
  }

  @Test func `a list is read as it was written, sorted whatever its order`() throws {
    let list = ObjectList([
      .init(.unit, of: "topology", Digest(of: "1")),
      .init(.cell, of: "gaussian-1-s0", Digest(of: "2")),
      .init(.cell, of: "clean", Digest(of: "3")),
    ])
    let digest = try list.write(to: run)
    #expect(try ObjectList.read(run, recorded: nil, remedy: "") == list)
    let text = try String(contentsOfFile: run.file("objects.csv"), encoding: .utf8)
    #expect(
      text == """
        kind,of,key
        cell,clean,\(Digest(of: "3"))
        cell,gaussian-1-s0,\(Digest(of: "2"))
        unit,topology,\(Digest(of: "1"))

        """)
    #expect(list.keys(.cell) == [Digest(of: "2"), Digest(of: "3")])
    #expect(digest == "\(Digest(of: text))" && run.written.isEmpty)
  }

  @Test(arguments: ["tower,clean,\(Digest(of: "1"))", "cell,clean,1234", "unit,x,"])
  func `a line that is none is named`(line: String) throws {
    _ = try folder.write(Data("kind,of,key\n\(line)\n".utf8), "objects.csv")
    let error = #expect(throws: FileError.self) {
      _ = try ObjectList.read(run, recorded: nil, remedy: "")
    }
    #expect("\(try #require(error))".contains("line 2"))
    #expect(try ObjectList.known(run, recorded: nil) == nil)
  }

  @Test func `a run without a list has none`() throws {
    #expect(try ObjectList.read(run, recorded: nil, remedy: "") == nil)
  }
}
