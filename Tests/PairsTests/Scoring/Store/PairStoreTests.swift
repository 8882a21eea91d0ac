import Files
import Fixtures
import Foundation
import Testing

@testable import Pairs

struct PairStoreTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func store() throws -> PairStore { try PairStore(folder: folder.path, dimension: 2) }

  private func names() throws -> [String] { try FolderContents.textNames(of: folder.path) ?? [] }

  @Test func `draws are kept with the checkpoint that tells of them, and nothing stays at the end`()
    throws
  {
    let store = try store()
    try store.append(images: [1, 0], digests: [ShortDigest(of: "a")])
    try store.append(messages: ["one", "", "two\nlines"])
    var checkpoint = try store.commit(key: "k", stamps: .init())
    #expect(checkpoint.images == 1 && checkpoint.texts == 0)
    #expect(try store.messages() == ["one", "", "two\nlines"])
    #expect(try store.digests() == [ShortDigest(of: "a")])
    var sums = NegCLIPLoss.Sums(count: 2)
    for draw in [[1.0, 2], [3, 4]] {
      sums.add(draw)
      checkpoint.draws = sums.draws
      checkpoint.drawKey = "d"
      try store.commit(sums, checkpoint)
    }
    #expect(try names().count { $0.hasPrefix("draws-") } == 1)
    let again = try #require(try self.store().checkpoint())
    #expect(again.draws == 2 && again.digests == checkpoint.digests && again.digests.count == 5)
    #expect(try store.sums(again, count: 2) == sums)
    #expect(throws: FileError.self) { try store.sums(again, count: 3) }
    var other = again
    other.drawDigest = "\(Digest(of: "other"))"
    #expect(try store.sums(other, count: 2) == nil)
    try store.remove()
    #expect(try names().isEmpty)
    try store.remove()
  }

  @Test func `a checkpoint of more than there is is refused, and one of another kind passed over`()
    throws
  {
    let store = try store()
    for checkpoint in [
      PairCheckpoint(key: "k", images: 1), PairCheckpoint(key: "k", rows: -1),
      PairCheckpoint(key: "k", texts: .max),
    ] { #expect(try !store.restore(checkpoint)) }
    _ = try folder.write("{\"key\": 7}", PairCheckpoint.fileName)
    var damaged = 0
    #expect(try store.checkpoint { damaged += 1 } == nil)
    #expect(damaged == 1)
  }

  @Test
  func `a bit that flips in any file is told, and what stands behind the checkpoint is not of it`()
    throws
  {
    let store = try store()
    try store.append(images: [1, 0, 0.5, 0.25], digests: ["a", "b"].map { ShortDigest(of: $0) })
    try store.append(texts: [0, 1])
    try store.append(records: [PairRecord(), PairRecord()])
    try store.append(messages: ["one"])
    let checkpoint = try store.commit(key: "k", stamps: .init())
    try store.append(texts: [3, 4])
    #expect(try self.store().restore(checkpoint))
    #expect(try store.restore(checkpoint) && store.state(key: "k", stamps: .init()) == checkpoint)
    for name in try names() where name != PairCheckpoint.fileName {
      let whole = try FileContents.read(folder.path + "/" + name)
      try #require(!whole.isEmpty)
      var damaged = whole
      damaged[damaged.startIndex + damaged.count / 2] ^= 4
      _ = try folder.write(damaged, name)
      #expect(try !self.store().restore(checkpoint), "\(name)")
      _ = try folder.write(whole, name)
      #expect(try self.store().restore(checkpoint), "\(name)")
    }
    var text = try FileContents.read(folder.path + "/" + PairCheckpoint.fileName)
    text[text.count / 2] ^= 1
    _ = try folder.write(text, PairCheckpoint.fileName)
    #expect(try self.store().checkpoint() == nil)
  }
}
