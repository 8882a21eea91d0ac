import Files
import Fixtures
import Foundation
import LinearAlgebra
import Testing

/// `layout` as a user meets it.
@Suite(.serialized)
struct LayoutCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> ProgramRun { try ProgramRun(arguments) }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  @Test(arguments: ["tsne", "umap", "pca"])
  func `clusters stay together, and threads change nothing`(method: String) throws {
    let (points, labels) = try folder.clusters()
    let outcome = try run(
      "layout", points, "--method", method, "--quality", path("q.json"), "--labels", labels)
    #expect(outcome.code == 0, "\(outcome)")
    let table = try CSV(outcome.output, file: "output")
    #expect(table.header == ["row", "x", "y"] && table.records.count == 120)
    #expect(table.records.allSatisfy { Double($0.fields[1])?.isFinite == true })
    let json = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(filePath: path("q.json"))))
    let quality = try #require(json as? [String: Any])
    #expect(try #require(quality["silhouette"] as? Double) > 0.7, "\(quality)")
    #expect(try #require(quality["trustworthiness"] as? Double) > 0.9, "\(quality)")
    #expect((quality["kl_divergence"] is Double) == (method == "tsne"))
    for threads in ["1", "2", "3"] {
      let other = try run("layout", points, "--method", method, "--threads", threads)
      #expect(other.output == outcome.output, "threads \(threads)")
    }
  }

  @Test func `UMAP puts new points beside their like`() throws {
    let (points, _) = try folder.clusters()
    let new = try folder.write("1,0,0,0\n0,1,0,0\n0,0,1,0\n", "new.csv")
    let outcome = try run(
      "layout", points, "--method", "umap", "--output", path("map.csv"), "--transform", new,
      "--transformed", path("new-map.csv"))
    #expect(outcome.code == 0, "\(outcome)")
    let map = try MatrixFile.read(path("map.csv"))
    let added = try MatrixFile.read(path("new-map.csv"))
    #expect(added.rows == 3 && added.columns == 2 && map.columns == 2)
    for i in 0..<added.rows {
      let nearest = (0..<120).min { a, b in
        func square(_ j: Int) -> Double {
          // The column row is the tables' index.
          let (dx, dy) = (map[j, 0] - added[i, 0], map[j, 1] - added[i, 1])
          return dx * dx + dy * dy
        }
        return square(a) < square(b)
      }
      #expect(try #require(nearest) / 40 == i)
    }
  }

  @Test func `what the points do not allow is an error or a note`() throws {
    let four = try folder.write("1,2\n3,4\n5,6\n7,9\n", "four.csv")
    for method in ["tsne", "umap", "pca"] {
      let outcome = try run("layout", four, "--method", method)
      #expect(outcome.code == 1 && outcome.error.contains("expected 5 or more"), "\(outcome)")
    }
    let eight = try folder.write(
      (0..<8).map { "\($0),\($0 * $0 % 5),1\n" }.joined(), "eight.csv")
    let lowered = try run("layout", eight, "--method", "tsne")
    #expect(lowered.code == 0 && lowered.error.contains("perplexity 2"), "\(lowered)")
    let large = try run("layout", eight, "--method", "tsne", "--perplexity", "30")
    #expect(large.code == 1 && large.error.contains("eight.csv"), "\(large)")
    let many = try run("layout", eight, "--method", "umap", "--neighbors", "9")
    #expect(many.code == 1 && many.error.contains("8"), "\(many)")
    let nan = try folder.write("1,2\nnan,1\n3,4\n5,6\n8,7\n", "nan.csv")
    let refused = try run("layout", nan, "--method", "pca")
    #expect(refused.code == 1 && refused.error.contains("row 1, column 0 is nan"), "\(refused)")
    let zero = try folder.write("0,0\n1,1\n3,4\n5,6\n8,7\n9,1\n", "zero.csv")
    let direction = try run("layout", zero, "--method", "umap")
    #expect(direction.code == 1 && direction.error.contains("row 0"), "\(direction)")
    let usage = try run("layout", eight, "--method", "pca", "--perplexity", "3")
    #expect(usage.code == 2 && usage.error.contains("--method tsne"), "\(usage)")
  }

  @Test func `duplicates and equal points have finite layouts`() throws {
    let copies = try folder.write(
      (0..<30).map { "\($0 % 3),\($0 % 3 * 2 % 3),1\n" }.joined(), "copies.csv")
    for method in ["tsne", "umap", "pca"] {
      let outcome = try run("layout", copies, "--method", method)
      #expect(outcome.code == 0, "\(outcome)")
      #expect(!outcome.output.lowercased().contains("nan") && !outcome.output.contains("inf"))
    }
  }

  @Test func `what is wrong with a setting is said in the option's words`() throws {
    let (points, _) = try folder.clusters()
    let outcome = try run("layout", points, "--method", "umap", "--neighbors", "1")
    #expect(
      outcome.error
        == "topoclip: --neighbors: neighbors is \"1\"; expected auto or a whole number from 2 to 1000000\n"
    )
  }

  @Test func `nothing is written when one of the inputs is wrong`() throws {
    let (points, _) = try folder.clusters()
    let narrow = try folder.write("1,2\n", "narrow.csv")
    for arguments in [
      ["layout", points, "--method", "pca", "--labels", narrow],
      [
        "layout", points, "--method", "umap", "--transform", narrow, "--transformed", path("t.csv"),
      ],
    ] {
      let outcome = try ProgramRun(
        arguments + ["--quality", path("q.json"), "--output", path("o.csv")])
      #expect(outcome.code == 1 && outcome.error.contains("narrow.csv"), "\(outcome)")
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(names) == ["points.npy", "labels.csv", "narrow.csv"])
  }

  @Test(arguments: [
    ["p.csv"],
    ["p.csv", "--method", "mds"],
    ["p.csv", "--method", "tsne", "--perplexity", "0"],
    ["p.csv", "--method", "tsne", "--perplexity=nan"],
    ["p.csv", "--method", "tsne", "--iterations=-1"],
    ["p.csv", "--method", "tsne", "--early-exaggeration=0"],
    ["p.csv", "--method", "tsne", "--learning-rate=x"],
    ["p.csv", "--method", "tsne", "--neighbors", "3"],
    ["p.csv", "--method", "umap", "--neighbors", "1"],
    ["p.csv", "--method", "umap", "--min-dist", "2"],
    ["p.csv", "--method", "umap", "--epochs", "0"],
    ["p.csv", "--method", "umap", "--seed=-1"],
    ["p.csv", "--method", "umap", "--transform", "q.csv"],
    ["p.csv", "--method", "pca", "--metric", "cosine"],
    ["p.csv", "--method", "pca", "--labels", "l.csv"],
    ["p.csv", "--method", "pca", "--threads", "0"],
    ["p.csv", "--method", "pca", "--output", "p.csv"],
    ["p.npz:x", "--method", "pca", "--output", "p.npz"],
    ["p.csv", "--method", "pca", "--output", "o.csv", "--quality", "x/../o.csv"],
    ["p.csv", "--method", "pca", "--output", "l.csv", "--quality", "q", "--labels", "l.csv"],
  ])
  func `usage errors exit with 2`(arguments: [String]) throws {
    let outcome = try ProgramRun(["layout"] + arguments)
    #expect(outcome.code == 2, "\(outcome)")
    #expect(outcome.output.isEmpty && !outcome.error.isEmpty)
  }
}
