import Files
import Foundation
import Testing

@testable import Images

/// Files that are damaged on purpose: each throws an error with the file's name, none crashes.
struct ImageDamageTests {
  private static let image = RGBImage(
    width: 61, height: 45,
    pixels: (0..<61 * 45 * 3).map { UInt8(truncatingIfNeeded: ($0 * $0) >> 4 ^ $0) })

  private let jpeg: Data
  private let png: Data

  init() throws {
    jpeg = try Self.image.jpegData(quality: 85)
    png = try Self.image.pngData()
  }

  private func expectRefused(_ data: Data, _ what: String, containing words: String? = nil) {
    do {
      _ = try RGBImage(decoding: data, file: "some/broken.file")
      Issue.record("\(what) was decoded")
    } catch let error as FileError {
      #expect(error.file == "some/broken.file")
      #expect(error.description.contains("some/broken.file"), "\(what)")
      if let words { #expect(error.problem.contains(words), "\(what): \(error)") }
    } catch {
      Issue.record("\(what): \(error)")
    }
  }

  @Test func `a file cut at any length is refused`() {
    for data in [jpeg, png] {
      let lengths = Array(0..<40) + (0..<60).map { 40 + $0 * (data.count - 40) / 60 }
      for length in lengths + (1...20).map({ data.count - $0 }) {
        expectRefused(Data(data.prefix(length)), "the first \(length) of \(data.count) bytes")
      }
    }
  }

  @Test func `the codec's words are kept`() {
    expectRefused(
      Data(jpeg.prefix(jpeg.count / 2)), "half a JPEG", containing: "Premature end of JPEG file")
    expectRefused(Data(png.prefix(png.count / 2)), "half a PNG", containing: "ends too early")
  }

  @Test func `a wrong checksum of a critical PNG chunk is refused`() {
    let hand = HandmadePNG(
      width: 2, height: 1, depth: 8, colorType: 3, palette: [1, 2, 3], scanlines: [[0, 0]])
    for damaged in 0..<3 {  // IHDR, PLTE, IDAT
      var chunks = hand.chunks
      chunks[damaged][chunks[damaged].count - 1] ^= 1
      expectRefused(
        Data(HandmadePNG.signature + chunks.flatMap(\.self)), "chunk \(damaged)",
        containing: "CRC")
    }
  }

  @Test func `a missing PNG chunk is refused`() {
    let hand = HandmadePNG(
      width: 2, height: 1, depth: 8, colorType: 3, palette: [1, 2, 3], scanlines: [[0, 0]])
    for missing in 0..<4 {
      var chunks = hand.chunks
      chunks.remove(at: missing)
      expectRefused(
        Data(HandmadePNG.signature + chunks.flatMap(\.self)), "without chunk \(missing)")
    }
  }

  @Test func `PNG headers that cannot be are refused`() {
    let valid = HandmadePNG(
      width: 2, height: 1, depth: 8, colorType: 2, scanlines: [[1, 2, 3, 4, 5, 6]])
    for (width, height): (UInt32, UInt32) in [
      (0, 1), (2, 0), (0, 0), (3, 1), (2, 2), (2, 70_000), (1 << 31, 1), (.max, .max),
    ] {
      var lying = valid
      lying.width = width
      lying.height = height
      expectRefused(lying.data, "\(width) × \(height)")
    }
    for depth: UInt8 in [0, 1, 3, 4, 7, 9, 16, 32, 255] {
      var lying = valid
      lying.depth = depth
      expectRefused(lying.data, "depth \(depth)")
    }
    for colorType: UInt8 in [1, 3, 5, 6, 7, 255] {
      var lying = valid
      lying.colorType = colorType
      expectRefused(lying.data, "colour type \(colorType)")
    }
    var interlaced = valid
    interlaced.isInterlaced = true
    interlaced.height = 9
    expectRefused(interlaced.data, "interlaced")
  }

  @Test func `huge dimensions are refused before anything is allocated`() {
    let valid = HandmadePNG(width: 1, height: 1, depth: 8, colorType: 0, scanlines: [[0]])
    for (width, height): (UInt32, UInt32) in [
      (178_956_971, 1), (1, 178_956_971), (20_000, 20_000), (0x7FFF_FFFF, 0x7FFF_FFFF),
    ] {
      var lying = valid
      lying.width = width
      lying.height = height
      expectRefused(lying.data, "\(width) × \(height)", containing: "178956970")
    }
    expectRefused(
      withJPEGSize(width: 65_500, height: 65_500), "a huge JPEG", containing: "178956970")
  }

  @Test func `JPEG dimensions that the data cannot fill are refused`() {
    // 65535 is above libjpeg's own limit; 13000² below the pixel limit: the data run out at once.
    for (width, height) in [(0, 45), (61, 0), (65_535, 1), (13_000, 13_000), (61, 90), (122, 45)] {
      expectRefused(withJPEGSize(width: width, height: height), "\(width) × \(height)")
    }
  }

  /// The JPEG with other dimensions in its frame header.
  private func withJPEGSize(width: Int, height: Int) -> Data {
    var bytes = [UInt8](jpeg)
    guard let frame = bytes.indices.first(where: { bytes[$0...].starts(with: [0xFF, 0xC0]) }) else {
      Issue.record("no frame header")
      return Data()
    }
    bytes[frame + 5] = UInt8(height >> 8)
    bytes[frame + 6] = UInt8(height & 0xFF)
    bytes[frame + 7] = UInt8(width >> 8)
    bytes[frame + 8] = UInt8(width & 0xFF)
    return Data(bytes)
  }

  @Test func `random bytes are refused, with a signature or without`() {
    var generator = Xorshift(state: 7)
    let signatures: [[UInt8]] = [[], [0xFF, 0xD8, 0xFF], HandmadePNG.signature]
    for length in [1, 2, 3, 4, 8, 9, 20, 100, 1000, 20_000] {
      for signature in signatures {
        // A first byte that no format has, where there is no signature.
        let noise = (0..<length).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        expectRefused(Data(signature.isEmpty ? [0] + noise : signature + noise), "\(length) bytes")
      }
    }
  }

  @Test(arguments: 0..<2)
  func `flipped bits are refused or decoded, in the size of the header`(kind: Int) {
    let valid = kind == 0 ? jpeg : png
    var generator = Xorshift(state: 1 + UInt64(kind))
    var refused = 0
    for _ in 0..<300 {
      var bytes = [UInt8](valid)
      for _ in 0...generator.next() % 4 {
        bytes[Int(generator.next() % UInt64(bytes.count))] ^= UInt8(1 << (generator.next() % 8))
      }
      do {
        let image = try RGBImage(decoding: Data(bytes), file: "some/flipped.file")
        #expect(image.pixels.count == image.width * image.height * 3)
      } catch let error as FileError {
        #expect(error.description.contains("some/flipped.file"))
        refused += 1
      } catch {
        Issue.record("\(error)")
      }
    }
    #expect(refused > 0)
  }
}

/// A repeatable source of damage (Marsaglia 2003, doi:10.18637/jss.v008.i14).
private struct Xorshift: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
