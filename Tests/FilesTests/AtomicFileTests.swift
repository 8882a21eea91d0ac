import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Files

struct AtomicFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test func `contents are written, and replaced`() throws {
    let path = folder.path + "/a.txt"
    for text in ["first, longer\n", "second\n", ""] {
      try AtomicFile.write(text, to: path)
      #expect(try FileContents.readText(path) == text)
      #expect(try names() == ["a.txt"])  // and no temporary file
    }
    let bytes = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0) })
    try AtomicFile.write(bytes, to: path)
    #expect(try FileContents.read(path) == bytes)
  }

  @Test func `missing folders are made`() throws {
    let path = folder.path + "/x/y/z.txt"
    try AtomicFile.write("here", to: path)
    #expect(try FileContents.readText(path) == "here")
  }

  @Test func `a name as long as a file system takes is written`() throws {
    let name = String(repeating: "n", count: 255)
    try AtomicFile.write("x", to: folder.path + "/" + name)
    #expect(try names() == [name])
  }

  @Test func `others may read what the umask lets them read`() throws {
    let path = folder.path + "/a"
    try AtomicFile.write("x", to: path)
    let plain = try folder.write("x", "b")
    #expect(try permissions(path) == permissions(plain))
  }

  private func permissions(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  /// A table for one's own eyes was readable by all once it was written again.
  @Test(arguments: [0o600, 0o640, 0o644])
  func `who may not read a file may not read the new one, nor what is written aside`(mode: Int)
    throws
  {
    let path = try folder.write("old", "a")
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    try AtomicFile.write(to: path) { file in
      try file.write(contentsOf: Data("new".utf8))
      for name in try names() {
        #expect(try permissions(folder.path + "/" + name).map { $0 & ~mode } == 0, "\(name)")
      }
    }
    #expect(try permissions(path).map { $0 & ~mode } == 0)
    #expect(try FileContents.readText(path) == "new")
  }

  @Test func `names that were foreseen and taken are passed over, and what stands there stays`()
    throws
  {
    let victim = try folder.write("precious", "victim")
    // What stands there before the first write counts as left behind, and goes.
    try AtomicFile.write("old", to: folder.path + "/a")
    let before = TemporaryName.next()
    defer { before.release() }
    // Other tests take some of the names.
    for count in before.count + 1..<before.count + 40 {
      let name = TemporaryName(host: before.host, process: before.process, count: count).text
      for place in [folder.path, folder.path + "/below"] {
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        #expect(unsafe symlink(victim, place + "/" + name) == 0)
      }
    }
    let links = try names().count
    try AtomicFile.write("new", to: folder.path + "/a")
    try AtomicFile.writeUnsynced(Data("new".utf8), to: "a", in: folder.path + "/below")
    for path in [folder.path + "/a", folder.path + "/below/a"] {
      #expect(try FileContents.readText(path) == "new")
    }
    #expect(try FileContents.readText(victim) == "precious")
    #expect(try names().count == links)
  }

  @Test func `a place that cannot be written is an error, and nothing is left`() throws {
    let file = try folder.write("a file", "plain")
    _ = try folder.write("kept", "sub/x")
    let sub = folder.path + "/sub"
    for path in [file + "/below.txt", file + "/deeper/below.txt", sub] {
      let error = #expect(throws: FileError.self) { try AtomicFile.write("x", to: path) }
      #expect(error?.file == path)
    }
    #expect(try names() == ["plain", "sub"])
    #expect(try FileContents.readText(file) == "a file")
  }

  @Test func `writers of one file at once leave the whole of one`() throws {
    let path = folder.path + "/shared"
    let failures = Parallel.map(count: 64) { index -> String? in
      do {
        try AtomicFile.write(String(repeating: "\(index % 10)", count: 10_000), to: path)
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(failures.compactMap { $0 } == [])
    let text = try FileContents.readText(path)
    #expect(text.count == 10_000 && Set(text).count == 1)
    #expect(try names() == ["shared"])
  }

  @Test func `a link is followed, a folder refused`() throws {
    let target = try folder.write("old", "target")
    let link = folder.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    try AtomicFile.write("new", to: link)
    #expect(try FileContents.readText(target) == "new")
    let type = try FileManager.default.attributesOfItem(atPath: link)[.type] as? FileAttributeType
    #expect(type == .typeSymbolicLink)
    #expect(throws: FileError.self) { try AtomicFile.write("x", to: folder.path) }
  }

  /// A run that a stranger had packed wrote its page over whatever file of the user's a link in it named.
  @Test(arguments: ["target", "none"])
  func `in a folder of the program's own a link is replaced, not followed`(name: String) throws {
    _ = try folder.write("precious", "target")
    let link = folder.path + "/link"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: folder.path + "/" + name)
    try AtomicFile.writeInPlace(Data("new".utf8), to: link)
    let type = try FileManager.default.attributesOfItem(atPath: link)[.type] as? FileAttributeType
    #expect(type == .typeRegular)
    #expect(try FileContents.readText(link) == "new")
    #expect(try FileContents.readText(folder.path + "/target") == "precious")
    #expect(try names() == ["link", "target"])
    #expect(throws: FileError.self) {
      try AtomicFile.writeInPlace(Data(), to: folder.path)
    }
  }

  @Test func `a pipe stays a pipe and gets the bytes`() throws {
    let path = folder.path + "/pipe"
    #expect(unsafe mkfifo(path, 0o600) == 0)
    let reader = Process()
    reader.executableURL = URL(filePath: "/bin/cat")
    reader.arguments = [path]
    let output = Pipe()
    reader.standardOutput = output
    try reader.run()
    try AtomicFile.write("through", to: path)
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    reader.waitUntilExit()
    #expect(data == Data("through".utf8))
    #expect(try names() == ["pipe"])
  }
}
