import Files
import Fixtures
import Foundation
import Runs
import Testing

@testable import Training

struct TrainingInputTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A small new text tower that learns labels; no image is read.
  private func plan(_ pairs: String) throws -> TrainingPlan {
    _ = try folder.write(pairs, "pairs.csv")
    let file = try folder.write(
      """
      shape: {image-size: 16, patch-size: 8, image-width: 16, image-layers: 1, image-heads: 2,
        text-width: 16, text-layers: 1, text-heads: 2, dimension: 8, vocabulary-size: 514}
      data: {train: "\(folder.path)/pairs.csv"}
      objective: {loss: supervised, image-weight: 0}
      batches: {size: 4, per-label: 2}
      epochs: 1
      """, "plan.yaml")
    return try TrainingPlan(
      file: file, assignments: [.init(argument: "output=\(folder.path)/out")])
  }

  private static let labels = ["1.0", "0.0", "NaN", "1.0", "0.0", "", "1.0", "0.0"]

  private func pairs(_ separator: String) -> String {
    (["image_path,caption,label"]
      + Self.labels.enumerated().map { "\($0).png,thing \($1) of \($0),\($1)" })
      .map { $0.replacing(",", with: separator) + "\n" }.joined()
  }

  @Test(arguments: [",", ";", "\t"])
  func `labels with points and missing ones are said`(_ separator: String) throws {
    let input = try TrainingInput(plan(pairs(separator)))
    #expect(input.training.labels == [0, 1, nil, 0, 1, nil, 0, 1])
    let file = folder.path + "/pairs.csv"
    #expect(
      input.messages.prefix(2) == [
        "\(file): labels such as \"1.0\" are whole numbers and are taken as such, \"1\"",
        "\(file): a field such as \"NaN\" in place of labels is taken for missing, as an empty one is",
      ])
  }

  @Test func `what was said is kept in training.json, also where the program is quiet`() throws {
    _ = try TrainingRun(plan(pairs(",")), arguments: ["topoclip", "train"], isQuiet: true)
      .execute(resumes: false)
    let data = try FileContents.read(folder.path + "/out/training.json")
    let report = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    let remarks = try #require(report["remarks"] as? [String])
    #expect(remarks.contains { $0.contains("labels such as \"1.0\" are whole numbers") })
    #expect(remarks.contains { $0.contains("such as \"NaN\" in place of labels") })
  }
}
