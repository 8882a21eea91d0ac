import Files
import Fixtures
import Foundation
import Testing

@testable import Pairs

struct ImageStampsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func stamps(first count: Int) throws -> String {
    let pairs = folder.path + "/pairs.csv"
    var stamps = ImageStamps(
      try PairTable(path: pairs, imageColumn: nil, textColumn: nil, imageFolder: nil))
    #expect(try stamps.add(first: count))
    return stamps.summary.digest
  }

  @Test func `an image that comes, goes or changes is told, and one of later rows is not`() throws {
    _ = try folder.write("image,caption\na.png,x\nb.png,y\na.png,z\nc.png,x\n", "pairs.csv")
    let first = try folder.write("aa", "a.png")
    let time = Date(timeIntervalSince1970: 1e9)
    try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: first)
    let before = try stamps(first: 3)
    _ = try folder.write("later", "c.png")
    #expect(try stamps(first: 3) == before)
    #expect(try stamps(first: 4) != before)

    let second = try folder.write("b", "b.png")
    #expect(try stamps(first: 3) != before)
    try FileManager.default.removeItem(atPath: second)
    #expect(try stamps(first: 3) == before)

    // As long as before, and only the time says that it is another.
    _ = try folder.write("AA", "a.png")
    #expect(try stamps(first: 3) != before)
    // As old as before, and longer.
    _ = try folder.write("aaa", "a.png")
    try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: first)
    #expect(try stamps(first: 3) != before)
    _ = try folder.write("aa", "a.png")
    try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: first)
    #expect(try stamps(first: 3) == before)
  }

  @Test func `a folder is no image, whatever comes into it`() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path + "/folder", withIntermediateDirectories: true)
    _ = try folder.write("image,caption\n,none\nfolder,x\n", "pairs.csv")
    let before = try stamps(first: 2)
    _ = try folder.write("more", "more.txt")
    _ = try folder.write("more", "folder/more.txt")
    let time = Date(timeIntervalSince1970: 1e9)
    for path in [folder.path, folder.path + "/folder"] {
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
    }
    #expect(try stamps(first: 2) == before)
  }

  @Test func `rows that are not there are told`() throws {
    let pairs = try folder.write("image,caption\na.png,x\n", "pairs.csv")
    var stamps = ImageStamps(
      try PairTable(path: pairs, imageColumn: nil, textColumn: nil, imageFolder: nil))
    #expect(try !stamps.add(first: 2))
  }
}
