import Foundation
import LinearAlgebra
import Testing

@testable import CLIP

struct SymmetricInfoNCETests {
  @Test func `two pairs by hand`() {
    // Cosines [[1, 0], [0.6, 0.8]], multiplied by 2: logits [[2, 0], [1.2, 1.6]].
    let images = Matrix<Double>([[1, 0], [0.6, 0.8]])
    let texts = Matrix<Double>([[1, 0], [0, 1]])
    let loss = SymmetricInfoNCE(images: images, texts: texts, logitScale: log(2))
    let rows = log(exp(2.0) + 1) - 2 + log(exp(1.2) + exp(1.6)) - 1.6
    let columns = log(exp(2.0) + exp(1.2)) - 2 + log(1 + exp(1.6)) - 1.6
    #expect(abs(loss.value - (rows + columns) / 4) < 1e-12)
  }

  @Test func `one pair has nothing to lose`() {
    let unit = Matrix<Double>([[0.6, 0.8]])
    let loss = SymmetricInfoNCE(images: unit, texts: unit, logitScale: 3)
    #expect(loss.value == 0)
    #expect(loss.imageGradient.values.allSatisfy { abs($0) < 1e-12 })
    #expect(abs(loss.logitScaleGradient) < 1e-12)
  }

  @Test func `every slope is what central differences give`() {
    let stream = RandomStream(domain: "test/infonce", seed: 0).normals(count: 24)
    let images = Matrix(rows: 4, columns: 3, values: stream.prefix(12).map { Double($0) })
    let texts = Matrix(rows: 4, columns: 3, values: stream.suffix(12).map { Double($0) })
    let loss = SymmetricInfoNCE(images: images, texts: texts, logitScale: 0.7)
    let step = 1e-5
    for index in 0..<12 {
      func value(_ images: Matrix<Double>, _ texts: Matrix<Double>) -> Double {
        SymmetricInfoNCE(images: images, texts: texts, logitScale: 0.7).value
      }
      func moved(_ matrix: Matrix<Double>, _ by: Double) -> Matrix<Double> {
        var matrix = matrix
        matrix.values[index] += by
        return matrix
      }
      let image =
        (value(moved(images, step), texts) - value(moved(images, -step), texts)) / (2 * step)
      #expect(abs(image - loss.imageGradient.values[index]) < 1e-8)
      let text =
        (value(images, moved(texts, step)) - value(images, moved(texts, -step))) / (2 * step)
      #expect(abs(text - loss.textGradient.values[index]) < 1e-8)
    }
    func scaled(_ scale: Double) -> Double {
      SymmetricInfoNCE(images: images, texts: texts, logitScale: scale).value
    }
    let slope = (scaled(0.7 + step) - scaled(0.7 - step)) / (2 * step)
    #expect(abs(slope - loss.logitScaleGradient) < 1e-8)
  }
}
