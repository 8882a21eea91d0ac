import Fixtures
import Foundation
import Testing

@testable import Files

struct SafetensorsWriterTests {
  private let shapes = ["b": [2, 2], "a": [], "c": [0]]
  private let values: [String: [Float]] = ["a": [3], "b": [1, -2.5, 1e-8, 65_504], "c": []]

  @Test func `what is written is read again, with its metadata`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/new/x.safetensors"
    try Safetensors.write(shapes, metadata: ["format": "pt", "é": "\"/\""], to: path) {
      values[$0] ?? []
    }
    let file = try Safetensors(path: path)
    #expect(file.metadata == ["format": "pt", "é": "\"/\""])
    #expect(file.entries.mapValues(\.shape) == shapes)
    for (name, numbers) in values { #expect(try file.floats(name) == numbers) }
    let header = try FileContents.read(path).prefix(8)
    #expect(header[0] % 8 == 0)
  }

  @Test func `float16 rounds, and refuses what is beyond its range`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/x.safetensors"
    try Safetensors.write(shapes, as: .float16, to: path) { values[$0] ?? [] }
    let file = try Safetensors(path: path)
    #expect(file.entries["b"]?.type == "F16")
    #expect(try file.floats("b") == [1, -2.5, 0, 65_504])
    let error = #expect(throws: FileError.self) {
      try Safetensors.write(["b": [1]], as: .float16, to: path) { _ in [65_520] }
    }
    #expect("\(error as Any)".contains("tensor b holds 65520.0 at element 0"))
    // What was there stays.
    #expect(try Safetensors(path: path).entries == file.entries)
  }
}
