import Foundation
import Images
import LinearAlgebra
import Testing

@testable import Textures

struct TextureStreamTests {
  private let stream = TextureStream(split: .train, seed: 0)

  private func image(_ texture: Texture, _ index: Int, size: Int = 32) -> RGBImage {
    stream.sample(.init(texture, index: index), size: size).image
  }

  @Test func `images do not depend on threads or order`() {
    let requests = Texture.all.map { TextureStream.Request($0, index: 3) }
    let together = stream.samples(requests, size: 24)
    let alone = requests.reversed().map { stream.sample($0, size: 24) }
    #expect(together == alone.reversed())
  }

  @Test(arguments: Texture.all)
  func `no two images of a class are alike, and none is plain`(texture: Texture) {
    let images = (0..<12).map { image(texture, $0) }
    for (index, image) in images.enumerated() {
      let values = image.pixels.map(Double.init)
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      #expect(variance > 30, "\(texture) \(index)")
      for other in images[..<index] {
        let difference = zip(image.pixels, other.pixels).reduce(0) {
          $0 + abs(Int($1.0) - Int($1.1))
        }
        #expect(Double(difference) / Double(values.count) > 6, "\(texture) \(index)")
      }
    }
  }

  @Test(arguments: Texture.all)
  func `a size changes the resolution and not the pattern`(texture: Texture) {
    var agreement = 0.0
    for index in 0..<4 {
      let small = image(texture, index, size: 48)
      let large = image(texture, index, size: 144)
      // The mean of each 3 × 3 pixels of the large image lies where one pixel of the small one does.
      var mean = [Double](repeating: 0, count: small.pixels.count)
      for row in 0..<144 {
        for column in 0..<144 {
          for channel in 0..<3 {
            mean[((row / 3) * 48 + column / 3) * 3 + channel] +=
              Double(large.pixels[(row * 144 + column) * 3 + channel]) / 9
          }
        }
      }
      agreement += correlation(mean, small.pixels.map(Double.init)) / 4
    }
    #expect(agreement > 0.8, "\(texture) \(agreement)")
  }

  @Test func `splits, seeds, classes and numbers have images of their own`() {
    func draw(_ split: Split, _ seed: UInt64, _ texture: Texture, _ index: Int) -> RGBImage {
      TextureStream(split: split, seed: seed).sample(.init(texture, index: index), size: 16).image
    }
    var seen: Set<[UInt8]> = []
    var count = 0
    for split in Split.allCases {
      for seed in [0, 1, 2] as [UInt64] {
        for texture in [Texture.banded, .dotted, .woven] {
          for index in 0..<10 {
            seen.insert(draw(split, seed, texture, index).pixels)
            count += 1
          }
        }
      }
    }
    #expect(seen.count == count)
    #expect(draw(.test, 5, .grid, 9) == draw(.test, 5, .grid, 9))
  }

  @Test func `any size is drawn, a pixel too`() {
    for texture in Texture.all {
      for size in [1, 2, 7, 17] {
        let image = image(texture, 0, size: size)
        #expect(image.width == size && image.height == size)
      }
    }
  }

  @Test func `the scale is what the elements' distance says`() {
    #expect(TextureScale(spacing: 0.05) == .fine && TextureScale(spacing: 0.1) == .medium)
    #expect(TextureScale(spacing: 0.2) == .coarse)
  }

  private func correlation(_ a: [Double], _ b: [Double]) -> Double {
    let (meanA, meanB) = (a.reduce(0, +) / Double(a.count), b.reduce(0, +) / Double(b.count))
    var (product, squareA, squareB) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      product += (x - meanA) * (y - meanB)
      squareA += (x - meanA) * (x - meanA)
      squareB += (y - meanB) * (y - meanB)
    }
    return product / (squareA * squareB).squareRoot()
  }
}
