import Files
import Fixtures
import Foundation
import Testing
import Version

@testable import Runs

/// The digest that a record holds of itself.
struct RecordFileTests {
  private let folder: TemporaryFolder
  private let path: String
  private let whole: Data

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path + "/" + PageRecord.fileName
    try PageRecord(files: ["report.html": "\(Digest(of: "page"))", "figures/a.svg": "0"])
      .write(to: path)
    whole = try FileContents.read(path)
  }

  @Test func `the first key is the digest of all lines but its own`() throws {
    let lines = String(decoding: whole, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "{")
    let others = lines.filter { !$0.contains("\"_sha256\"") }.joined(separator: "\n")
    #expect(lines[1] == "  \"_sha256\" : \"\(Digest(of: others))\",")
    #expect(try JSONSerialization.jsonObject(with: whole) is [String: Any])
    #expect(try PageRecord.read(path)?.files.count == 2)
  }

  @Test func `no bit can be flipped unseen`() throws {
    for bit in 0..<8 * whole.count {
      var bytes = whole
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(RecordSeal.isBroken(bytes), "bit \(bit)")
    }
    #expect(!RecordSeal.isBroken(whole))
  }

  @Test func `a manifest in which a number was changed is not believed`() throws {
    let manifest = Manifest(
      program: .current, arguments: [], startedAt: .now, configuration: ["seed": "7"],
      configurationDigest: "", noiseSeeds: [7], host: nil, stages: [], outputs: [:])
    let path = folder.path + "/manifest.json"
    try manifest.write(to: path)
    let text = try FileContents.readText(path)
    _ = try folder.write(
      text.replacing("\"seed\" : \"7\"", with: "\"seed\" : \"8\""), "manifest.json")
    let message = problem { _ = try Manifest.read(path) }
    #expect(message.hasPrefix("\(path): is damaged: the _sha256 in it is not that of its other"))
    // Who means it takes the line away.
    let lines = try FileContents.readText(path).split(separator: "\n")
    _ = try folder.write(
      lines.filter { !$0.contains("_sha256") }.joined(separator: "\n"), "manifest.json")
    #expect(try Manifest.read(path)?.configuration == ["seed": "8"])
  }

  @Test(arguments: ["", "{", "{\n", "{}", "{\n  \"files\" : {}\n}", "{\"configuration\": {}}"])
  func `a record without the key is not taken for a damaged one`(text: String) {
    #expect(!RecordSeal.isBroken(Data(text.utf8)))
  }

  @Test(arguments: [0, 1, 40, 90, 130])
  func `a record that was cut short is an error`(count: Int) throws {
    try whole.prefix(count).write(to: URL(filePath: path))
    #expect(throws: FileError.self) { try PageRecord.read(path) }
  }
}
