import Foundation
import Testing

@testable import Training

struct TrainingProgressTests {
  private func progress(_ fields: String) throws -> TrainingProgress {
    let all: [String: String] = [
      "settings": "{}", "data": "\"\"", "epoch": "1", "batch": "2", "lossSum": "0.5",
      "neighbors": "[[1], [0]]", "validationsSinceBest": "0", "logBytes": "10",
    ]
    let parts = fields.split(separator: "=").map(String.init)
    let text = all.merging(parts.count == 2 ? [parts[0]: parts[1]] : [:]) { $1 }
      .map { "\"\($0)\": \($1)" }.joined(separator: ",")
    return try JSONDecoder().decode(TrainingProgress.self, from: Data("{\(text)}".utf8))
  }

  @Test(arguments: ["", "epoch=0", "epoch=3", "batch=4", "neighbors=null", "logBytes=0"])
  func `where a training can be`(fields: String) throws {
    #expect(try progress(fields).isPossible(epochs: 3, labels: [0, 1, nil, 1]))
  }

  @Test(arguments: [
    "epoch=-1", "epoch=4", "epoch=9223372036854775807", "batch=-1", "batch=5",
    "batch=-9223372036854775808", "logBytes=-1", "validationsSinceBest=9223372036854775807",
    "neighbors=[[2], [0]]", "neighbors=[[-1], [0]]", "neighbors=[[1]]",
  ])
  func `where none can be`(fields: String) throws {
    #expect(try !progress(fields).isPossible(epochs: 3, labels: [0, 1, nil, 1]))
  }
}
