import Files
import Fixtures
import Testing

@testable import Training

struct TrainingLogTests {
  private let first = #"{"kind":"stopped","reason":"a/b","step":1}"# + "\n"
  private let second = #"{"kind":"stopped","reason":"c","step":2}"# + "\n"

  @Test func `a log that goes on is cut off behind what the checkpoint knows`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/log.jsonl"
    var kept = 0
    do {
      let log = try TrainingLog(path, keeping: 0)
      try log.append(TrainingLog.Stop(step: 1, reason: "a/b"))
      kept = log.byteCount
      try log.append(TrainingLog.Stop(step: 5, reason: "lost"))
      try log.synchronize()
    }
    #expect(kept == first.utf8.count)
    let log = try TrainingLog(path, keeping: kept)
    #expect(try FileContents.readText(path) == first)
    try log.append(TrainingLog.Stop(step: 2, reason: "c"))
    #expect(log.byteCount == (first + second).utf8.count)
    #expect(try FileContents.readText(path) == first + second)
  }

  @Test func `a log that is shorter than the checkpoint says, or gone, is told`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(first, "log.jsonl")
    let size = first.utf8.count
    #expect(
      throws: FileError(
        path, "has \(size) bytes, the checkpoint expects 100 or more; start anew")
    ) { _ = try TrainingLog(path, keeping: 100) }
    #expect(try FileContents.readText(path) == first)
    let digest = try TrainingLog(path, keeping: size).digest
    #expect(digest == "\(Digest(of: first))")
    _ = try folder.write(first.replacing("a/b", with: "a/c") + "more", "log.jsonl")
    #expect {
      _ = try TrainingLog(path, keeping: size, digest: digest)
    } throws: {
      "\($0)".contains("is not as the checkpoint has recorded it: its first \(size) bytes")
    }
    #expect(try FileContents.readText(path).hasSuffix("more"))
    let gone = folder.path + "/gone.jsonl"
    #expect(
      throws: FileError(gone, "is gone, and the checkpoint goes on from it; start anew")
    ) { _ = try TrainingLog(gone, keeping: 1) }
  }

  @Test(arguments: [
    ("", true), ("{\"epoch\":0,\"kind\":\"step\"}\n", true), ("{\"epo", true),
    ("{\"epochs\":1,\"kind\":\"validation\"}\n{\"epoch\":0,\"gradient", true),
    ("{\"kind\":\"stopped\",\"reason\":\"c\",\"step\":2}\n", true),
    ("{\"epoch\":1,\"kind\":\"step\"}\n", false),
    ("{\"epochs\":2,\"kind\":\"validation\"}\n", false),
    ("{\"message\": \"mine\"}\n", false), ("mine", false), ("{\"a\":1}", false), ("\n", false),
  ])
  func `a log is begun anew only before the first checkpoint`(text: String, isNew: Bool) throws {
    let folder = try TemporaryFolder()
    #expect(try TrainingLog.isOfFirstEpoch(folder.write(text, "log.jsonl")) == isNew)
    #expect(try TrainingLog.isOfFirstEpoch(folder.path + "/none.jsonl"))
  }
}
