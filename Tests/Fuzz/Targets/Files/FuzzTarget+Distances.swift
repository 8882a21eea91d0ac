import Files
import Foundation
import LinearAlgebra

@testable import FileAnalyses

extension FuzzTarget {
  /// Distances in a text: as many as the points have pairs, none negative where they are a triangle.
  static let distances = FuzzTarget(
    "distances",
    seeds: {
      [
        "1\n2,3\n4,5,6\n", "0,1,2\n1,0,3\n2,3,0\n", "3 4 5\n", "0\n1 0\n2 1.5 0\n",
        "1,2,3\n4,5\n6\n",
        ",a,b\na,0,1\nb,1,0\n", "0,1,inf\n1,0,\ninf,,0\n", "1\n2\n3\n", "",
      ].map { Data($0.utf8) }
    },
    run: { data in
      let text = try DistanceText<Double>(data, file: "x.txt")
      switch text.numbers {
      case .lowerTriangle(let values):
        promise(values.count == text.count * max(0, text.count - 1) / 2, "pairs and points differ")
        promise(values.allSatisfy { $0 >= 0 }, "a distance is negative or none")
      case .square(let values):
        promise(values.count == text.count * text.count, "a square has a number a pair")
        promise(!values.contains { $0.isNaN }, "a distance is NaN")
      }
      try ScratchFolder.file(data, "x.txt") { path in
        for keepsDoubles in [false, true] {
          let distances = try InputDistances(
            path, keepsDoubles: keepsDoubles, workers: 1, control: ComputationControl())
          promise(distances.count == text.count, "\(distances.count) of \(text.count) points")
          _ = try distances.filtration(workers: 1, control: ComputationControl())
        }
      }
      if let single = try? DistanceText<Float>(data, file: "x.txt") {
        promise(single.count == text.count, "single precision has other points")
      }
    })
}
