import Files
import Testing

@testable import Embedding

struct ImageChunkTests {
  private func digests(_ count: Int, offset: Int = 0) -> [Digest] {
    (0..<count).map { Digest(of: "image \($0 + offset)") }
  }

  @Test(arguments: [0, 1, 5, 16, 100, 1000, 5640])
  func `every row is in one chunk`(count: Int) {
    let chunks = ImageChunk.chunks(digests: digests(count))
    #expect(chunks.flatMap(\.rows).sorted() == Array(0..<count))
    #expect(chunks.allSatisfy { $0.rows.count <= 128 })
    #expect(chunks.dropLast().allSatisfy { $0.rows.count >= 16 })
  }

  @Test func `the order of the images does not matter`() {
    let digests = digests(500)
    let chunks = ImageChunk.chunks(digests: digests)
    let reversed = ImageChunk.chunks(digests: digests.reversed())
    #expect(chunks.map(\.digests) == reversed.map(\.digests))
  }

  @Test func `an image more changes two chunks at most`() {
    let digests = digests(2000)
    let before = Set(ImageChunk.chunks(digests: digests).map(\.digests))
    for extra in 0..<20 {
      let added = digests + [Digest(of: "extra \(extra)")]
      let after = Set(ImageChunk.chunks(digests: added).map(\.digests))
      // A new boundary cuts one chunk in two; a size limit can move the next boundary.
      #expect(after.subtracting(before).count <= 3)
    }
  }

  @Test func `identical files stay two rows`() {
    let twin = Digest(of: "twin")
    let chunks = ImageChunk.chunks(digests: [twin, Digest(of: "other"), twin])
    #expect(chunks.flatMap(\.rows).sorted() == [0, 1, 2])
  }

  @Test(arguments: 0...130)
  func `batches are at most eight, even in number and nearly equal`(count: Int) {
    let batches = ImageChunk.batches(count: count, size: 8)
    #expect(batches.flatMap { Array($0) } == Array(0..<count))
    #expect(batches.allSatisfy { (1...8).contains($0.count) })
    if count > 1 {
      #expect(batches.count.isMultiple(of: 2))
      let sizes = batches.map(\.count)
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    }
  }
}
