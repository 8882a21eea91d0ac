import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Files

struct AppendedFileTests {
  @Test func `rows come back in any order, and a cut file goes on where it was cut`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/rows"
    let file = try AppendedFile(path: path)
    try file.append([1, 2, 3, 4, 5, 6] as [Float])
    #expect(
      try file.rows([2, 0, 1, 1], columns: 2) == Matrix([[5, 6], [1, 2], [3, 4], [3, 4]]))
    #expect(try file.elements(1..<3, blank: Float(0)) == [2, 3])
    #expect(throws: FileError.self) { try file.rows([3], columns: 2) }
    #expect(throws: FileError.self) { try file.rows([-1], columns: 2) }
    #expect(throws: FileError.self) { try file.elements(5..<7, blank: Float(0)) }
    try file.synchronize()
    let again = try AppendedFile(path: path)
    #expect(again.byteCount == 24)
    try again.truncate(to: 8)
    try again.append([9, 9] as [Float])
    #expect(try again.rows([0, 1], columns: 2) == Matrix([[1, 2], [9, 9]]))
    #expect(throws: FileError.self) { try again.truncate(to: 17) }
  }

  @Test func `the digest is of what is there, however it came there`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/bytes"
    let file = try AppendedFile(path: path)
    func isOf(_ file: AppendedFile, _ bytes: [UInt8]) throws -> Bool {
      try file.digest() == Digest(of: Data(bytes)) && file.digest() == Digest(ofFile: path)
    }
    #expect(try isOf(file, []))
    try file.append([1, 2, 3] as [UInt8])
    #expect(try isOf(file, [1, 2, 3]))
    try file.append([4, 5] as [UInt8])
    try file.append([6] as [UInt8])
    // Back to where it was asked for, before that, and behind it.
    try file.truncate(to: 5)
    #expect(try isOf(file, [1, 2, 3, 4, 5]))
    try file.truncate(to: 2)
    try file.append([9] as [UInt8])
    #expect(try isOf(file, [1, 2, 9]))
    let again = try AppendedFile(path: path)
    try again.append([7, 7] as [UInt8])
    #expect(try isOf(again, [1, 2, 9, 7, 7]))
    try again.truncate(to: 4)
    #expect(try isOf(again, [1, 2, 9, 7]))
    try again.truncate(to: 0)
    #expect(try isOf(again, []))
  }
}
