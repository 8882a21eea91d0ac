import Fixtures
import Testing

@testable import Datasets

struct InflationTests {
  private let content = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }

  @Test func `a stream is inflated in pieces of any size`() {
    let stream = ZlibStream.compressed(content)
    for piece in [1000, 65_536, 99_999, 200_000] {
      let inflation = Inflation(([0xAA, 0xBB] + stream)[2...])
      var bytes: [UInt8] = []
      while let count = inflation.append(piece, to: &bytes), count > 0 {}
      #expect(bytes == content, "\(piece)")
      #expect(inflation.endsHere)
    }
  }

  @Test func `what follows is not inflated, and told`() {
    let inflation = Inflation(ZlibStream.compressed([1, 2, 3], zeros: 1 << 30)[...])
    var bytes: [UInt8] = [9]
    #expect(inflation.append(4, to: &bytes) == 4)
    #expect(bytes == [9, 1, 2, 3, 0])
    #expect(!inflation.endsHere)
  }

  @Test func `a stream that is damaged or cut short is refused`() {
    let stream = ZlibStream.compressed(content)
    func isWhole(_ stream: [UInt8]) -> Bool {
      let inflation = Inflation(stream[...])
      var bytes: [UInt8] = []
      return inflation.append(content.count, to: &bytes) == content.count && inflation.endsHere
    }
    #expect(isWhole(stream))
    for count in [0, 1, 2, stream.count / 2, stream.count - 4, stream.count - 1] {
      #expect(!isWhole(Array(stream.prefix(count))), "\(count)")
    }
    for index in [0, stream.count / 2, stream.count - 1] {
      var damaged = stream
      damaged[index] ^= 0x41
      #expect(!isWhole(damaged), "\(index)")
    }
  }

  @Test func `an empty stream has an end`() {
    let inflation = Inflation(ZlibStream.compressed([])[...])
    var bytes: [UInt8] = []
    #expect(inflation.append(0, to: &bytes) == 0)
    #expect(inflation.append(5, to: &bytes) == 0 && inflation.endsHere)
  }
}
