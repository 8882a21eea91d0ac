import Files
import Fixtures
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
    var checkpoint = try store.commit(key: "k")
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
    #expect(again == checkpoint)
    #expect(try store.sums(again, count: 2) == sums)
    #expect(throws: FileError.self) { try store.sums(again, count: 3) }
    try store.remove()
    #expect(try names().isEmpty)
    try store.remove()
  }

  @Test func `a checkpoint of more than there is is refused, and one of another kind passed over`()
    throws
  {
    let store = try store()
    #expect(throws: FileError.self) { try store.restore(PairCheckpoint(key: "k", images: 1)) }
    #expect(throws: FileError.self) { try store.restore(PairCheckpoint(key: "k", rows: -1)) }
    #expect(throws: FileError.self) { try store.restore(PairCheckpoint(key: "k", texts: .max)) }
    _ = try folder.write("{\"key\": 7}", PairCheckpoint.fileName)
    #expect(try store.checkpoint() == nil)
  }
}
