import Files
import Foundation
import LinearAlgebra
import Testing

@testable import Images

struct NoisyPixelsTests {
  private static let clip = ImagePreprocessing.clip(size: 32)
  /// No resize, no normalisation: the values of the result are bytes.
  private static let bytes = ImagePreprocessing(
    resize: .none, width: 4, height: 3, rescaleFactor: 1, mean: [0, 0, 0], std: [1, 1, 1])

  private static func image(width: Int = 40, height: Int = 36, seed: UInt64 = 0) -> RGBImage {
    var stream = RandomStream(domain: "test/image", seed: seed)
    return RGBImage(
      width: width, height: height,
      pixels: (0..<width * height * 3).map { _ in UInt8(truncatingIfNeeded: stream.next()) })
  }

  private static func digest(_ index: Int = 0) -> Digest { Digest(of: "image \(index)") }

  private func pixels(
    _ image: RGBImage = image(), _ preprocessing: ImagePreprocessing = clip,
    space: NoiseSpace = .normalized, stage: NoiseStage = .preprocessed,
    clipping: NoiseClipping? = nil, level: Double, seed: UInt64 = 0, digest: Digest = digest()
  ) throws -> [Float] {
    let noisy = NoisyPixels(
      preprocessing: preprocessing,
      noise: try NoiseSpecification(space: space, stage: stage, clipping: clipping))
    var pixels: [Float] = []
    try noisy.append(
      noisy.prepare(image, digest: digest), kind: .gaussian, level: level, seed: seed, to: &pixels)
    return pixels
  }

  /// ε as a sweep meets it: noise of level 1 in normalised pixels, less the clean image.
  private func epsilon(seed: UInt64 = 0, digest: Digest = digest()) throws -> [Double] {
    let clean = try pixels(level: 0)
    return try zip(pixels(level: 1, seed: seed, digest: digest), clean).map {
      Double($0) - Double($1)
    }
  }

  // MARK: Level 0

  @Test func `level 0 is the table of the preprocessed bytes`() throws {
    let image = Self.image()
    let clean = Self.clip.pixels(of: image)
    let table = Self.clip.normalizationTable()
    let expected = (0..<3).flatMap { channel in
      (0..<32 * 32).map { table[channel][Int(clean.pixels[3 * $0 + channel])] }
    }
    for space in NoiseSpace.allCases {
      for stage in NoiseStage.allCases {
        #expect(try pixels(image, space: space, stage: stage, level: 0) == expected)
      }
    }
  }

  @Test func `pixels are appended`() throws {
    let noisy = NoisyPixels(
      preprocessing: Self.clip,
      noise: try NoiseSpecification(space: .normalized, stage: .preprocessed))
    let prepared = noisy.prepare(Self.image(), digest: Self.digest())
    var pixels: [Float] = [7]
    try noisy.append(prepared, kind: nil, level: 0, seed: 0, to: &pixels)
    try noisy.append(prepared, kind: .gaussian, level: 1, seed: 0, to: &pixels)
    #expect(pixels.count == 1 + 2 * 3 * 32 * 32)
    #expect(pixels[0] == 7)
    #expect(try Array(pixels[1...3072]) == self.pixels(level: 0))
    #expect(try Array(pixels[3073...]) == self.pixels(level: 1))
  }

  // MARK: Pictures

  @Test func `a picture is what the model sees, rounded and clipped to bytes`() throws {
    let image = Self.image(width: 4, height: 3)
    let noisy = NoisyPixels(
      preprocessing: Self.bytes,
      noise: try NoiseSpecification(
        space: .byte, stage: .preprocessed, clipping: NoiseClipping.none)
    )
    let prepared = noisy.prepare(image, digest: Self.digest())
    #expect(try noisy.picture(of: prepared, kind: nil, level: 0, seed: 0) == image)
    var values: [Float] = []
    try noisy.append(prepared, kind: .gaussian, level: 90, seed: 3, to: &values)
    let picture = try noisy.picture(of: prepared, kind: .gaussian, level: 90, seed: 3)
    for index in picture.pixels.indices {
      // [3, height, width] beside [height, width, 3].
      let value = values[index % 3 * 12 + index / 3]
      #expect(abs(min(max(value, 0), 255) - Float(picture.pixels[index])) <= 0.5)
    }
    #expect(picture.pixels.contains(0) && picture.pixels.contains(255))
  }

  @Test func `normalised pixels come back to the bytes they were`() throws {
    let image = Self.image()
    let noisy = NoisyPixels(
      preprocessing: Self.clip,
      noise: try NoiseSpecification(space: .normalized, stage: .preprocessed))
    let prepared = noisy.prepare(image, digest: Self.digest())
    let seen = Self.clip.pixels(of: image)
    #expect(try noisy.picture(of: prepared, kind: nil, level: 0, seed: 0) == seen)
    let impulses = try noisy.picture(of: prepared, kind: .impulse, level: 5, seed: 0)
    let changed = zip(impulses.pixels, seen.pixels).filter { $0 != $1 }
    #expect(!changed.isEmpty && changed.allSatisfy { $0.0 == 0 || $0.0 == 255 })
  }

  // MARK: Pairing

  @Test func `noise is the level times the stream of the image and the seed`() throws {
    let clean = try pixels(level: 0)
    let stream = RandomStream(
      domain: "noise/gaussian", seed: 9, identity: Self.digest().bytes
    ).normals(count: clean.count)
    let noisy = try pixels(level: 0.75, seed: 9)
    #expect(noisy == zip(clean, stream).map { $0 + 0.75 * $1 })
  }

  @Test func `every level has the same noise, scaled`() throws {
    let clean = try pixels(level: 0)
    for space in NoiseSpace.allCases {
      let unit = space == .byte ? 40.0 : 0.25
      let once = try pixels(space: space, clipping: NoiseClipping.none, level: unit)
      for factor in [2, 3, 0.5] as [Float] {
        let scaled = try pixels(
          space: space, clipping: NoiseClipping.none, level: unit * Double(factor))
        for index in clean.indices {
          let expected = factor * (once[index] - clean[index])
          // Both sums were rounded at the size of their result.
          let rounding = 2 * factor.magnitude * max(abs(once[index]), abs(scaled[index]), 1).ulp
          #expect(abs(scaled[index] - clean[index] - expected) <= 2 * rounding)
        }
      }
    }
  }

  @Test func `another seed or image has other noise`() throws {
    let first = try epsilon()
    for other in [
      try epsilon(seed: 1), try epsilon(digest: Self.digest(1)), try epsilon(seed: .max),
    ] {
      #expect(zip(first, other).count { $0 == $1 } < 5)
    }
    #expect(try epsilon() == first)
  }

  @Test func `the order of the levels changes nothing`() throws {
    let noisy = NoisyPixels(
      preprocessing: Self.clip,
      noise: try NoiseSpecification(space: .normalized, stage: .preprocessed))
    let prepared = noisy.prepare(Self.image(), digest: Self.digest())
    var (upward, downward): ([Float], [Float]) = ([], [])
    for level in [0.5, 1, 2] {
      try noisy.append(prepared, kind: .gaussian, level: level, seed: 0, to: &upward)
    }
    for level in [2, 1, 0.5] {
      try noisy.append(prepared, kind: .gaussian, level: level, seed: 0, to: &downward)
    }
    let size = upward.count / 3
    #expect(upward[..<size] == downward[(2 * size)...])
    #expect(upward[(2 * size)...] == downward[..<size])
  }

  // MARK: Spaces and ranges

  @Test func `a level means the same in every space`() throws {
    let unit = try pixels(space: .unit, clipping: NoiseClipping.none, level: 0.2)
    let byte = try pixels(space: .byte, clipping: NoiseClipping.none, level: 51)
    #expect(zip(unit, byte).allSatisfy { abs($0 - $1) <= 4e-6 })
    for channel in 0..<3 {
      let normalized = try pixels(level: 0.2 / Self.clip.std[channel])
      let range = channel * 1024..<(channel + 1) * 1024
      #expect(zip(unit[range], normalized[range]).allSatisfy { abs($0 - $1) <= 4e-6 })
    }
  }

  @Test func `clipped pixels stay in the range of the bytes`() throws {
    let table = Self.clip.normalizationTable()
    for space in NoiseSpace.allCases {
      let level = space == .byte ? 255.0 : 1.0
      let free = try pixels(space: space, clipping: NoiseClipping.none, level: level)
      let clipped = try pixels(space: space, clipping: .unit, level: level)
      for index in free.indices {
        let (lower, upper) = (table[index / 1024][0], table[index / 1024][255])
        #expect(clipped[index] == min(max(free[index], lower), upper))
      }
      for channel in 0..<3 {
        let range = channel * 1024..<(channel + 1) * 1024
        #expect(clipped[range].min() == table[channel][0])
        #expect(clipped[range].max() == table[channel][255])
        #expect((free[range].min() ?? 0) < table[channel][0])
      }
    }
  }

  // MARK: The native stage

  @Test func `native noise is rounded to bytes, by hand`() throws {
    let image = Self.image(width: 4, height: 3)
    let noise = RandomStream(
      domain: "noise/gaussian", seed: 5, identity: Self.digest().bytes
    ).normals(count: 36)
    for (space, level) in [(NoiseSpace.byte, 30), (.unit, 30.0 / 255), (.normalized, 30)] {
      let noisy = try pixels(
        image, Self.bytes, space: space, stage: .native, level: level, seed: 5)
      var clippedCount = 0
      for row in 0..<3 {
        for column in 0..<4 {
          for channel in 0..<3 {
            let index = (row * 4 + column) * 3 + channel  // noise in the order of the image
            let value = Double(image.pixels[index]) + 30 * Double(noise[index])
            let expected = min(max(value.rounded(), 0), 255)
            clippedCount += value < 0 || value > 255 ? 1 : 0
            #expect(noisy[(channel * 3 + row) * 4 + column] == Float(expected))
          }
        }
      }
      #expect(clippedCount > 0)
    }
  }

  @Test func `native levels in normalised pixels are divided by the standard deviation`() throws {
    let preprocessing = ImagePreprocessing(
      resize: .none, width: 4, height: 3, rescaleFactor: 1 / 255, mean: [0.5, 0.4, 0.3],
      std: [0.25, 0.5, 1])
    let image = RGBImage(width: 4, height: 3, pixels: [UInt8](repeating: 128, count: 36))
    let noise = RandomStream(
      domain: "noise/gaussian", seed: 0, identity: Self.digest().bytes
    ).normals(count: 36)
    let table = preprocessing.normalizationTable()
    let noisy = try pixels(image, preprocessing, stage: .native, level: 0.1)
    for pixel in 0..<12 {
      for channel in 0..<3 {
        // 0.1 of a normalised pixel is 0.1 · std of [0, 1].
        let sigma = 0.1 * preprocessing.std[channel] * 255
        let byte = 128 + sigma * Double(noise[3 * pixel + channel])
        #expect(
          noisy[channel * 12 + pixel] == table[channel][Int(min(max(byte.rounded(), 0), 255))])
      }
    }
  }

  @Test func `a resize averages part of native noise away`() throws {
    let image = RGBImage(width: 256, height: 256, pixels: [UInt8](repeating: 128, count: 196_608))
    func deviation(_ stage: NoiseStage) throws -> Double {
      let clean = try pixels(image, level: 0)
      let noisy = try pixels(image, space: .byte, stage: stage, clipping: .unit, level: 20)
      let differences = zip(noisy, clean).map { Double($0 - $1) }
      return (differences.reduce(0) { $0 + $1 * $1 } / Double(differences.count)).squareRoot()
    }
    // 256 to 32 pixels: the filter averages several hundred pixels.
    #expect(try deviation(.native) < 0.25 * deviation(.preprocessed))
  }

  // MARK: Other kinds

  @Test(arguments: NoiseKind.all.filter(\.hasSeverities))
  func `corrupted pixels are normalised as bytes are, after or before the resize`(
    kind: NoiseKind
  ) throws {
    let image = Self.image()
    let clean = Self.clip.pixels(of: image)
    func corrupted(_ image: RGBImage) throws -> CorruptedSamples {
      try kind.corrupted(image, severity: 2, seed: 7, name: "image 0")
    }
    for stage in NoiseStage.allCases {
      let noisy = NoisyPixels(
        preprocessing: Self.clip, noise: try NoiseSpecification(space: .normalized, stage: stage))
      let prepared = noisy.prepare(image, digest: Self.digest())
      var pixels: [Float] = []
      try noisy.append(prepared, kind: kind, level: 2, seed: 7, to: &pixels)
      var expected: [Float]
      switch stage {
      case .preprocessed:
        switch try corrupted(clean) {
        case .bytes(let bytes): expected = bytes.map { Float($0) / 255 }
        case .unit(let values): expected = values
        }
      case .native:
        let native = RGBImage(
          width: image.width, height: image.height,
          pixels: try corrupted(image).rounded)
        expected = Self.clip.pixels(of: native).pixels.map { Float($0) / 255 }
      }
      #expect(pixels.count == expected.count)
      for (index, value) in expected.enumerated() {
        let channel = index % 3
        let normalized = (Double(value) - Self.clip.mean[channel]) / Self.clip.std[channel]
        #expect(abs(Double(pixels[channel * 1024 + index / 3]) - normalized) < 1e-6)
      }
      var unchanged: [Float] = []
      try noisy.append(prepared, kind: kind, level: 0, seed: 7, to: &unchanged)
      #expect(try unchanged == self.pixels(image, level: 0))
    }
  }

  // MARK: Distribution

  /// The moments and the distribution of ε over calls as a sweep makes them, one an image.
  @Test func `noise is standard normal`() throws {
    let samples = try (0..<40).flatMap { try epsilon(digest: Self.digest($0)) }
    let count = Double(samples.count)  // 122,880
    let mean = samples.reduce(0, +) / count
    let variance = samples.reduce(0) { $0 + $1 * $1 } / count
    let skewness = samples.reduce(0) { $0 + $1 * $1 * $1 } / count
    let kurtosis = samples.reduce(0) { $0 + $1 * $1 * $1 * $1 } / count
    // Five standard errors of the moments of normal numbers: 1, 2, 15 and 96 over n.
    #expect(abs(mean) < 5 / count.squareRoot())
    #expect(abs(variance - 1) < 5 * (2 / count).squareRoot())
    #expect(abs(skewness) < 5 * (15 / count).squareRoot())
    #expect(abs(kurtosis - 3) < 5 * (96 / count).squareRoot())
    // Kolmogorov–Smirnov: the statistic exceeds 1.95 / √n in one of 1,000 such tests.
    var distance = 0.0
    for (index, value) in samples.sorted().enumerated() {
      let probability = 0.5 * erfc(-value / 2.0.squareRoot())
      distance = max(
        distance, probability - Double(index) / count, Double(index + 1) / count - probability)
    }
    #expect(distance < 1.95 / count.squareRoot())
  }

  @Test func `noise of images, seeds and channels is not correlated`() throws {
    let images = try (0..<12).map { try epsilon(digest: Self.digest($0)) }
    let seeds = try (1...12).map { try epsilon(seed: $0) }
    let all = images + seeds
    let count = Double(all[0].count)
    func correlation(_ a: some Collection<Double>, _ b: some Collection<Double>) -> Double {
      zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / Double(a.count)
    }
    var sumOfSquares = 0.0
    var pairs = 0.0
    for i in all.indices {
      for j in 0..<i {
        let value = correlation(all[i], all[j])
        #expect(abs(value) < 5 / count.squareRoot())
        sumOfSquares += value * value * count
        pairs += 1
      }
    }
    // A chi-squared number with a degree of freedom a pair.
    #expect(abs(sumOfSquares - pairs) < 5 * (2 * pairs).squareRoot())
    for noise in all {
      let (red, green, blue) = (noise[..<1024], noise[1024..<2048], noise[2048...])
      for value in [correlation(red, green), correlation(red, blue), correlation(green, blue)] {
        #expect(abs(value) < 5 / 1024.0.squareRoot())
      }
      #expect(abs(correlation(noise.dropFirst(), noise.dropLast())) < 5 / count.squareRoot())
    }
  }
}

// `Parallel.workers` belongs to the whole process.
@Suite(.serialized)
struct NoisyPixelsThreadTests {
  @Test(arguments: NoiseStage.allCases)
  func `threads change no byte`(stage: NoiseStage) throws {
    let noisy = NoisyPixels(
      preprocessing: .clip(size: 24), noise: try NoiseSpecification(space: .byte, stage: stage))
    func all(workers: Int) throws -> [[UInt32]] {
      let before = Parallel.workers
      Parallel.workers = workers
      defer { Parallel.workers = before }
      return try Parallel.tryMap(count: 24) { index in
        let image = RGBImage(
          width: 30, height: 26, pixels: [UInt8](repeating: UInt8(10 * index), count: 2_340))
        var pixels: [Float] = []
        let prepared = noisy.prepare(image, digest: Digest(of: "\(index)"))
        for level in [0, 8, 64] as [Double] {
          try noisy.append(prepared, kind: .gaussian, level: level, seed: 3, to: &pixels)
        }
        for kind in NoiseKind.all where kind.hasSeverities {
          try noisy.append(prepared, kind: kind, level: 4, seed: 3, to: &pixels)
        }
        return pixels.map(\.bitPattern)
      }
    }
    let one = try all(workers: 1)
    #expect(try all(workers: 4) == one)
    #expect(Set(one).count == 24)
  }
}
