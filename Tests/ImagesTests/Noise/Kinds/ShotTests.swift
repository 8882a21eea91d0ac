import Foundation
import Testing

@testable import Images

struct ShotTests {
  /// Within five standard errors of the law's own moments, on 120,000 samples.
  @Test(arguments: NoiseKind.severities)
  func `shot noise has the Poisson law's moments`(severity: Int) throws {
    let photons = [60.0, 25, 12, 5, 3][severity - 1]
    for byte in [20, 90] as [UInt8] {
      let counts = try NoiseKind.shot.samples(of: .gray(byte), severity: severity).map {
        $0 * photons
      }
      #expect(counts.allSatisfy { abs($0 - $0.rounded()) < 1e-4 })
      let mean = Double(byte) / 255 * photons
      // What is above full brightness is clipped: expectations are sums over the law.
      var (probability, first, second, fourth) = (exp(-mean), 0.0, 0.0, 0.0)
      for k in 0..<200 {
        let value = min(Double(k), photons)
        first += probability * value
        second += probability * value * value
        fourth += probability * value * value * value * value
        probability *= mean / Double(k + 1)
      }
      let n = Double(counts.count)
      let found = counts.reduce(0, +) / n
      let squares = counts.reduce(0) { $0 + $1 * $1 } / n
      #expect(abs(found - first) < 5 * ((second - first * first) / n).squareRoot())
      #expect(abs(squares - second) < 5 * ((fourth - second * second) / n).squareRoot())
    }
    #expect(try NoiseKind.shot.samples(of: .gray(0), severity: severity).allSatisfy { $0 == 0 })
  }

  @Test func `a sample with more photons than it should have has more at every severity`() throws {
    // All but equal ones.
    let shots = try NoiseKind.severities.map {
      try NoiseKind.shot.samples(of: .gray(90), severity: $0)
    }
    let surprise = shots[0].map { $0 - 90.0 / 255 }
    for shot in shots.dropFirst() {
      let covariance = zip(surprise, shot).reduce(0.0) { $0 + $1.0 * ($1.1 - 90.0 / 255) }
      let norms = [surprise, shot.map { $0 - 90.0 / 255 }].map { values in
        values.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
      }
      #expect(covariance / (norms[0] * norms[1]) > 0.8)
    }
  }
}
