import Foundation
import Testing

@testable import Images

@Suite struct RGBAImageTests {
  @Test func `what is wholly transparent leaves the background, what is opaque covers it`() {
    let image = RGBAImage(
      width: 3, height: 1, pixels: [1, 2, 3, 0, 4, 5, 6, 255, 0, 100, 255, 128])
    let pasted = image.pasted(onto: RGBImage(width: 3, height: 1, gray: 200), x: 0, y: 0)
    // (0·128 + 200·127)/255 = 99.6, (100·128 + 200·127)/255 = 149.8, (255·128 + 200·127)/255 = 227.6
    #expect(pasted.pixels == [200, 200, 200, 4, 5, 6, 100, 150, 228])
  }

  @Test func `what is beyond the background's edges is cut`() {
    let image = RGBAImage(
      width: 2, height: 2, pixels: (0..<4).flatMap { [UInt8($0), 0, 0, 255] })
    let background = RGBImage(width: 2, height: 2, gray: 9)
    func reds(_ x: Int, _ y: Int) -> [UInt8] {
      let pixels = image.pasted(onto: background, x: x, y: y).pixels
      return stride(from: 0, to: 12, by: 3).map { pixels[$0] }
    }
    #expect(reds(-1, -1) == [3, 9, 9, 9])
    #expect(reds(1, 1) == [9, 9, 9, 0])
    #expect(reds(1, -1) == [9, 2, 9, 9])
    for far in [-5, 5] {
      #expect(reds(far, 0) == [9, 9, 9, 9])
      #expect(reds(0, far) == [9, 9, 9, 9])
    }
  }

  @Test func `blending rounds to the nearest for every pair of ink and ground`() {
    for share in stride(from: 0, through: 255, by: 5) {
      for below in stride(from: 0, through: 255, by: 15) {
        for above in stride(from: 0, through: 255, by: 17) {
          let exact = Double(above * share + below * (255 - share)) / 255
          let blended = RGBAImage.blended(UInt8(above), over: UInt8(below), by: UInt8(share))
          #expect(abs(Double(blended) - exact) <= 0.5)
        }
      }
    }
  }

  @Test func `a flat PNG gives back every pixel, with its opacity`() throws {
    let pixels = (0..<4 * 37 * 11).map { UInt8(truncatingIfNeeded: $0 &* 167 ^ $0 >> 3) }
    let image = RGBAImage(width: 37, height: 11, pixels: pixels)
    let data = try image.flatPNGData()
    let dropped = try RGBImage(decoding: data, file: "")
    #expect(dropped.pixels == pixels.indices.filter { $0 % 4 != 3 }.map { pixels[$0] })
    let white = try RGBImage(decoding: data, file: "", transparency: .onWhite)
    let pasted = image.pasted(onto: RGBImage(width: 37, height: 11, gray: 255), x: 0, y: 0)
    #expect(zip(white.pixels, pasted.pixels).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
    let plain = RGBImage(width: 11, height: 37, pixels: Array(pixels[..<(3 * 11 * 37)]))
    #expect(try RGBImage(decoding: plain.flatPNGData(), file: "") == plain)
  }

  @Test func `noise and one pixel have room enough`() throws {
    var state: UInt32 = 1
    let noise = (0..<3 * 300 * 200).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(truncatingIfNeeded: state >> 24)
    }
    let image = RGBImage(width: 300, height: 200, pixels: noise)
    #expect(try RGBImage(decoding: image.flatPNGData(), file: "") == image)
    let dot = RGBImage(width: 1, height: 1, gray: 7)
    #expect(try RGBImage(decoding: dot.flatPNGData(), file: "") == dot)
  }

  @Test func `a text stands in a chunk of its own, in Latin-1`() throws {
    let text = try #require(PNGText(keyword: "FSW", text: "M518 é"))
    let data = try RGBImage(width: 2, height: 2, gray: 0).flatPNGData(text: text)
    let chunk = Data("tEXtFSW".utf8) + [0] + Data("M518 ".utf8) + [0xE9]
    #expect(data.range(of: chunk) != nil)
    #expect(PNGText(keyword: "FSW", text: "€") == nil)
    #expect(PNGText(keyword: "FSW", text: "a\0b") == nil)
    let long = try #require(
      PNGText(keyword: "FSW", text: String(repeating: "M", count: PNGText.limit)))
    #expect(
      try RGBImage(width: 2, height: 2, gray: 0).flatPNGData(text: long).count > PNGText.limit)
    #expect(PNGText(keyword: "FSW", text: String(repeating: "M", count: PNGText.limit + 1)) == nil)
  }
}
