import Files
import Foundation
import Testing

@testable import Images

/// Every kind of PNG by hand; JPEG kinds are covered by the parity files.
struct RGBImageTests {
  private func decode(_ png: HandmadePNG) throws -> [UInt8] {
    try RGBImage(decoding: png.data, file: "hand.png").pixels
  }

  private func grey(_ values: [UInt8]) -> [UInt8] { values.flatMap { [$0, $0, $0] } }

  @Test func `grey of 1, 2 and 4 bits spans 0 to 255`() throws {
    let one = HandmadePNG(width: 3, height: 1, depth: 1, colorType: 0, scanlines: [[0b1010_0000]])
    let two = HandmadePNG(width: 4, height: 1, depth: 2, colorType: 0, scanlines: [[0b0001_1011]])
    let four = HandmadePNG(width: 2, height: 1, depth: 4, colorType: 0, scanlines: [[0x0F]])
    #expect(try decode(one) == grey([255, 0, 255]))
    #expect(try decode(two) == grey([0, 85, 170, 255]))
    #expect(try decode(four) == grey([0, 255]))
  }

  @Test func `grey of 16 bits is clipped, with alpha it keeps the high byte`() throws {
    let samples: [UInt8] = [0, 7, 0, 255, 1, 0, 200, 9]
    let plain = HandmadePNG(width: 4, height: 1, depth: 16, colorType: 0, scanlines: [samples])
    let alpha = HandmadePNG(width: 2, height: 1, depth: 16, colorType: 4, scanlines: [samples])
    #expect(try decode(plain) == grey([7, 255, 255, 255]))
    #expect(try decode(alpha) == grey([0, 1]))
  }

  @Test func `colour of 16 bits keeps the high byte and loses its alpha`() throws {
    let rgb = HandmadePNG(
      width: 1, height: 1, depth: 16, colorType: 2, scanlines: [[10, 255, 20, 255, 30, 255]])
    let rgba = HandmadePNG(
      width: 1, height: 1, depth: 16, colorType: 6, scanlines: [[10, 0, 20, 0, 30, 0, 0, 0]])
    #expect(try decode(rgb) == [10, 20, 30])
    #expect(try decode(rgba) == [10, 20, 30])
  }

  @Test func `alpha and transparent colours are dropped, not composited`() throws {
    let rgba = HandmadePNG(
      width: 2, height: 1, depth: 8, colorType: 6, scanlines: [[1, 2, 3, 0, 4, 5, 6, 128]])
    let rgb = HandmadePNG(
      width: 1, height: 1, depth: 8, colorType: 2, transparency: [0, 1, 0, 2, 0, 3],
      scanlines: [[1, 2, 3]])
    #expect(try decode(rgba) == [1, 2, 3, 4, 5, 6])
    #expect(try decode(rgb) == [1, 2, 3])
  }

  @Test func `transparency on white mixes each pixel with white`() throws {
    func onWhite(_ png: HandmadePNG) throws -> [UInt8] {
      try RGBImage(decoding: png.data, file: "hand.png", transparency: .onWhite).pixels
    }
    let rgba = HandmadePNG(
      width: 3, height: 1, depth: 8, colorType: 6,
      scanlines: [[1, 2, 3, 0, 5, 105, 255, 51, 4, 5, 6, 255]])  // 51 is a fifth
    let greyAlpha = HandmadePNG(
      width: 1, height: 1, depth: 16, colorType: 4, scanlines: [[5, 9, 51, 9]])
    let keyed = HandmadePNG(
      width: 2, height: 1, depth: 8, colorType: 2, transparency: [0, 1, 0, 2, 0, 3],
      scanlines: [[1, 2, 3, 1, 2, 4]])
    let indexed = HandmadePNG(
      width: 3, height: 1, depth: 8, colorType: 3, palette: [9, 8, 7, 6, 5, 4],
      transparency: [0], scanlines: [[0, 1, 2]])
    #expect(try onWhite(rgba) == [255, 255, 255, 205, 225, 255, 4, 5, 6])
    #expect(try onWhite(greyAlpha) == [205, 205, 205])
    #expect(try onWhite(keyed) == [255, 255, 255, 1, 2, 4])
    #expect(try onWhite(indexed) == [255, 255, 255, 6, 5, 4, 0, 0, 0])
  }

  @Test func `palette indices become colours, and black past the palette`() throws {
    let png = HandmadePNG(
      width: 4, height: 1, depth: 2, colorType: 3, palette: [9, 8, 7, 6, 5, 4],
      transparency: [0, 0], scanlines: [[0b0001_1011]])
    #expect(try decode(png) == [9, 8, 7, 6, 5, 4, 0, 0, 0, 0, 0, 0])
  }

  @Test func `interlaced passes are put in place`() throws {
    // A 2 × 2 image: pass 1 has (0, 0), pass 6 has (1, 0), pass 7 has row 1.
    let png = HandmadePNG(
      width: 2, height: 2, depth: 8, colorType: 0, isInterlaced: true,
      scanlines: [[11], [12], [21, 22]])
    #expect(try decode(png) == grey([11, 12, 21, 22]))
  }

  @Test(
    arguments: [
      (1, 0), (2, 0), (4, 0), (8, 0), (16, 0), (8, 2), (16, 2), (1, 3), (4, 3), (8, 3), (8, 4),
      (16, 4), (8, 6), (16, 6),
    ] as [(UInt8, UInt8)])
  func `an interlaced image of every kind and size is what it is in rows`(
    depth: UInt8, colorType: UInt8
  ) throws {
    let channels = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colorType] ?? 1
    let bits = channels * Int(depth)
    var generator = Xorshift(state: UInt64(bits))
    for (width, height) in [(1, 1), (2, 1), (1, 9), (4, 5), (5, 3), (8, 8), (13, 11), (17, 2)] {
      var png = HandmadePNG(
        width: UInt32(width), height: UInt32(height), depth: depth, colorType: colorType,
        scanlines: (0..<height).map { _ in
          (0..<(width * bits + 7) / 8).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        })
      if colorType == 3 {
        png.palette = (0..<3 << depth).map { UInt8($0 * 5 % 256) }
        png.transparency = [0, 100, 255]
        // An index past the palette is another test's.
      }
      let interlaced = InterlacedPNG.interlaced(png, bits: bits)
      for transparency in [RGBImage.Transparency.dropped, .onWhite] {
        let rows = try RGBImage(decoding: png.data, file: "rows", transparency: transparency)
        let passes = try RGBImage(
          decoding: interlaced.data, file: "passes", transparency: transparency)
        #expect(rows == passes, "\(width) × \(height), \(transparency)")
      }
    }
  }

  @Test func `a PNG file returns the same pixels`() throws {
    let image = RGBImage(
      width: 31, height: 7, pixels: (0..<31 * 7 * 3).map { UInt8(truncatingIfNeeded: $0 * 37) })
    #expect(try RGBImage(decoding: image.pngData(), file: "own.png") == image)
  }

  @Test func `a JPEG file returns nearly the same smooth image`() throws {
    let image = RGBImage(
      width: 40, height: 30, pixels: (0..<1200).flatMap { [UInt8($0 % 40 * 5), 100, 50] })
    let decoded = try RGBImage(decoding: image.jpegData(quality: 95), file: "own.jpg")
    #expect(decoded.width == 40 && decoded.height == 30)
    let worst = zip(image.pixels, decoded.pixels).map { abs(Int($0) - Int($1)) }.max()
    #expect(worst ?? 255 <= 8)
  }

  /// Sides that are no multiple of the blocks of 16 × 16, and of one pixel.
  @Test(arguments: [(1, 1), (1, 40), (17, 3), (48, 27)])
  func `a JPEG file of any size returns nearly the same image`(width: Int, height: Int) throws {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width { pixels += [UInt8(2 * x + 30), UInt8(3 * y + 60), UInt8(90 + x + y)] }
    }
    let image = RGBImage(width: width, height: height, pixels: pixels)
    let decoded = try RGBImage(decoding: image.jpegData(quality: 95), file: "own.jpg")
    #expect(decoded.width == width && decoded.height == height)
    let worst = zip(image.pixels, decoded.pixels).map { abs(Int($0) - Int($1)) }.max()
    #expect(worst ?? 255 <= 8)
  }

  @Test func `grey stays grey in a JPEG file, and less quality makes a smaller one`() throws {
    let image = RGBImage(
      width: 31, height: 22,
      pixels: (0..<31 * 22).flatMap { (i: Int) -> [UInt8] in grey([UInt8(i * 89 % 256)]) })
    let good = try image.jpegData(quality: 95)
    #expect(try image.jpegData(quality: 20).count < good.count)
    let decoded = try RGBImage(decoding: good, file: "own.jpg")
    let channels = stride(from: 0, to: decoded.pixels.count, by: 3).map {
      decoded.pixels[$0..<$0 + 3]
    }
    #expect(channels.allSatisfy { ($0.max() ?? 255) - ($0.min() ?? 0) <= 1 })
    let worst = zip(image.pixels, decoded.pixels).map { abs(Int($0) - Int($1)) }.max()
    #expect(worst ?? 255 <= 16)
  }

  @Test func `the noisiest image fits the room that JPEG writing sets aside`() throws {
    let noise = (0..<64 * 64 * 3).map { i -> UInt8 in
      let hash = i * 2_654_435_761  // Knuth's multiplicative hash
      return hash >> 17 & 1 == 0 ? 0 : 255
    }
    let data = try RGBImage(width: 64, height: 64, pixels: noise).jpegData(quality: 100)
    #expect(data.starts(with: [0xFF, 0xD8, 0xFF]))
  }

  @Test func `a side too long for JPEG is refused`() throws {
    let long = RGBImage(width: 65501, height: 1, pixels: Array(repeating: 0, count: 65501 * 3))
    #expect(throws: FileError.self) { try long.jpegData(quality: 75) }
    #expect(try RGBImage(decoding: long.pngData(), file: "long.png").width == 65501)
  }

  @Test func `stray bytes between JPEG segments are harmless`() throws {
    let image = RGBImage(width: 16, height: 16, pixels: Array(repeating: 90, count: 768))
    var data = try image.jpegData(quality: 90)
    data.insert(contentsOf: [1, 2, 3], at: 20)  // behind the APP0 segment of 18 bytes
    #expect(try RGBImage(decoding: data, file: "stray.jpg").pixels == image.pixels)
  }
}

/// Files that are damaged on purpose: each throws an error with the file's name, none crashes.
struct RGBImageDamageTests {
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

  @Test func `the limit on pixels is the caller's, and its option is told`() throws {
    let png = HandmadePNG(
      width: 3, height: 2, depth: 8, colorType: 0, scanlines: [[1, 2, 3], [4, 5, 6]])
    #expect(RGBImage.pixelLimit == 178_956_970)
    #expect(try RGBImage(decoding: png.data, file: "x", limit: 6).width == 3)
    let error = #expect(throws: FileError.self) {
      try RGBImage(decoding: png.data, file: "x.png", limit: 5)
    }
    #expect(
      error?.description.hasPrefix("x.png: 3 × 2 pixels are more than the limit of 5; ") == true)
    #expect(error?.description.contains("raise the limit by --max-pixels") == true)
  }

  @Test func `a row of extreme length is refused below the limit on pixels`() {
    var png = HandmadePNG(width: 1, height: 1, depth: 16, colorType: 6, scanlines: [[0]])
    for width in [1_000_001, 100_000_000] as [UInt32] {
      png.width = width
      expectRefused(png.data, "\(width)", containing: "at most 1000000 columns are decoded")
    }
    png.width = 1_000_000
    expectRefused(png.data, "at the limit", containing: "decoder refuses it")
  }

  @Test func `a JPEG file of up to a hundred scans is decoded, of more refused`() throws {
    for scans in [1, 10, 100] {
      let image = try RGBImage(
        decoding: HandmadeJPEG.progressive(scans: scans), file: "progressive.jpg")
      #expect(image == RGBImage(width: 8, height: 8, gray: 128), "\(scans)")
    }
    for scans in [101, 50_000] {
      expectRefused(
        HandmadeJPEG.progressive(scans: scans), "\(scans)", containing: "more than 100 scans")
    }
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

  @Test func `an image is drawn at its place, over what was there`() {
    var image = RGBImage(width: 3, height: 2, gray: 9)
    image.draw(RGBImage(width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6]), x: 1, y: 1)
    #expect(image.pixels == Array(repeating: 9, count: 12) + [1, 2, 3, 4, 5, 6])
    image.draw(RGBImage(width: 1, height: 2, gray: 0), x: 2, y: 0)
    #expect(image.pixels == [9, 9, 9, 9, 9, 9, 0, 0, 0, 9, 9, 9, 1, 2, 3, 0, 0, 0])
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
