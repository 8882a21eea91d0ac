import Files
import Foundation
import Testing

struct RunningDigestTests {
  @Test func `pieces have the digest of the whole`() {
    var running = RunningDigest()
    #expect(running.digest == Digest(of: ""))
    for piece in ["to", "", "poclip"] { running.update(Data(piece.utf8)) }
    #expect(running.digest == Digest(of: "topoclip"))
    // It goes on from there.
    running.update(Data("!".utf8))
    #expect(running.digest == Digest(of: "topoclip!"))
  }
}
