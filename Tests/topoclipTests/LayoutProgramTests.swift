import Files
import Fixtures
import Foundation
import LinearAlgebra
import Testing

/// `layout`, `neighbors` and `similarity` as a user meets them.
@Suite(.serialized)
struct LayoutProgramTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> ProgramRun { try ProgramRun(arguments) }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  /// Three tight clusters far apart, in four dimensions: rows 0–39, 40–79, 80–119.
  private func clusters() throws -> (points: String, labels: String) {
    let noise = RandomStream(domain: "test/clusters", seed: 7).normals(count: 480)
    var points = Matrix<Float>(rows: 120, columns: 4)
    for i in 0..<480 { points.values[i] = noise[i] / 20 + (i % 4 == i / 160 ? 1 : 0) }
    try AtomicFile.write(NumPyFile.encode(points), to: path("points.npy"))
    let labels = (0..<120).map { "\($0),\(["a", "b", "c"][$0 / 40])\n" }.joined()
    return (path("points.npy"), try folder.write("row,class\n" + labels, "labels.csv"))
  }

  @Test(arguments: ["tsne", "umap", "pca"])
  func `clusters stay together, and threads change nothing`(method: String) throws {
    let (points, labels) = try clusters()
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
    let (points, _) = try clusters()
    let new = try folder.write("1,0,0,0\n0,1,0,0\n0,0,1,0\n", "new.csv")
    let outcome = try run(
      "layout", points, "--method", "umap", "--output", path("map.csv"), "--transform", new,
      "--transformed", path("new-map.csv"))
    #expect(outcome.code == 0, "\(outcome)")
    let map = try MatrixFile.read(path("map.csv"))
    let added = try MatrixFile.read(path("new-map.csv"))
    #expect(added.rows == 3)
    for i in 0..<added.rows {
      let nearest = (0..<120).min { a, b in
        func square(_ j: Int) -> Double {
          let (dx, dy) = (map[j, 1] - added[i, 1], map[j, 2] - added[i, 2])
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

  @Test func `neighbours of a line of points`() throws {
    let line = try folder.write("0\n1\n3\n7\n", "line.csv")
    let outcome = try run("neighbors", line, "-k", "2", "--metric", "euclidean")
    #expect(
      outcome.output
        == "row,rank,neighbor,distance\n0,1,1,1\n0,2,2,3\n1,1,0,1\n1,2,2,2\n2,1,1,2\n2,2,0,3\n"
        + "3,1,2,4\n3,2,1,6\n", "\(outcome)")
    let chosen = try run("neighbors", line, "-k", "1", "--metric", "euclidean", "--rows", "3,0")
    #expect(chosen.output == "row,rank,neighbor,distance\n3,1,2,4\n0,1,1,1\n", "\(chosen)")
    let most = try run("neighbors", line, "-k", "4", "--metric", "euclidean")
    #expect(most.code == 1 && most.error.contains("3"), "\(most)")
    let absent = try run("neighbors", line, "-k", "1", "--metric", "euclidean", "--rows", "4")
    #expect(absent.code == 1 && absent.error.contains("no row 4"), "\(absent)")
  }

  @Test func `neighbours in two embeddings side by side`() throws {
    let a = try folder.write("1,0\n0.9,0.1\n0,1\n", "a.csv")
    let b = try folder.write("1,0\n0.9,0.2\n0.9,0.1\n", "b.csv")
    let outcome = try run("neighbors", a, b, "-k", "1")
    #expect(outcome.output.hasPrefix("row,rank,neighbor_a,similarity_a,neighbor_b,similarity_b\n"))
    // a: 0 → 1, 1 → 0, 2 → 1. b: 0 → 2, 1 → 2, 2 → 0 or 1: cosines 0.9939 and 0.9943.
    #expect(outcome.output.contains("\n0,1,1,0.9938") && outcome.output.contains(",2,0.9938"))
    #expect(outcome.error.contains("a and b: 33.3 % of the 1 nearest in common"), "\(outcome)")
    let short = try folder.write("1,0\n", "short.csv")
    let refused = try run("neighbors", a, short, "-k", "1")
    #expect(refused.code == 1 && refused.error.contains("short.csv"), "\(refused)")
  }

  @Test func `the cosines of three rows`() throws {
    // Cosines 0, 1 (a copy, left out) and 0: rows 0 and 1 are one direction.
    let rows = try folder.write("1,0\n2,0\n0,3\n", "rows.csv")
    let outcome = try run("similarity", rows, "--bins", "4", "--summary", path("summary.csv"))
    #expect(
      outcome.output.hasPrefix("input,low,high,count,share\n\(rows),-1,-0.5,0,0\n"), "\(outcome)")
    #expect(outcome.output.contains("\(rows),0,0.5,2,1\n"), "\(outcome)")
    let summary = try String(contentsOfFile: path("summary.csv"), encoding: .utf8)
    #expect(summary.hasSuffix("\(rows),3,2,1,0,0,0,0\n"), "\(summary)")
  }

  @Test(arguments: [
    ["layout", "p.csv"], ["layout", "p.csv", "--method", "mds"],
    ["layout", "p.csv", "--method", "tsne", "--perplexity", "0"],
    ["layout", "p.csv", "--method", "tsne", "--perplexity=nan"],
    ["layout", "p.csv", "--method", "tsne", "--iterations=-1"],
    ["layout", "p.csv", "--method", "tsne", "--early-exaggeration=0"],
    ["layout", "p.csv", "--method", "tsne", "--learning-rate=x"],
    ["layout", "p.csv", "--method", "tsne", "--neighbors", "3"],
    ["layout", "p.csv", "--method", "umap", "--neighbors", "1"],
    ["layout", "p.csv", "--method", "umap", "--min-dist", "2"],
    ["layout", "p.csv", "--method", "umap", "--epochs", "0"],
    ["layout", "p.csv", "--method", "umap", "--seed=-1"],
    ["layout", "p.csv", "--method", "umap", "--transform", "q.csv"],
    ["layout", "p.csv", "--method", "pca", "--metric", "cosine"],
    ["layout", "p.csv", "--method", "pca", "--labels", "l.csv"],
    ["layout", "p.csv", "--method", "pca", "--threads", "0"],
    ["neighbors"], ["neighbors", "p.csv", "-k", "0"], ["neighbors", "p.csv", "--rows", "1,1"],
    ["neighbors", "p.csv", "--rows", "1,,2"], ["neighbors", "p.csv", "--rows=-1"],
    ["neighbors", "p.csv", "--html", "h.html"], ["neighbors", "p.csv", "--images", "i"],
    ["similarity"], ["similarity", "p.csv", "--bins", "0"],
    ["similarity", "p.csv", "--sample", "1"],
    ["angles", "p.csv", "q.csv", "--null-draws", "0"],
    // A result over what is read, or over another result.
    ["layout", "p.csv", "--method", "pca", "--output", "p.csv"],
    ["layout", "p.npz:x", "--method", "pca", "--output", "p.npz"],
    ["layout", "p.csv", "--method", "pca", "--output", "o.csv", "--quality", "x/../o.csv"],
    [
      "layout", "p.csv", "--method", "pca", "--output", "l.csv", "--quality", "q", "--labels",
      "l.csv",
    ],
    ["neighbors", "p.csv", "--output", "./p.csv"], ["similarity", "p.csv", "--summary", "p.csv"],
    ["angles", "p.csv", "--labels", "l.csv", "--output", "l.csv"],
  ])
  func `usage errors exit with 2`(arguments: [String]) throws {
    let outcome = try ProgramRun(arguments)
    #expect(outcome.code == 2, "\(outcome)")
    #expect(outcome.output.isEmpty && !outcome.error.isEmpty)
  }

  @Test func `what is wrong with a setting is said in the option's words`() throws {
    let (points, _) = try clusters()
    let outcome = try run("layout", points, "--method", "umap", "--neighbors", "1")
    #expect(
      outcome.error
        == "topoclip: --neighbors: neighbors is \"1\"; expected auto or a whole number from 2\n")
  }

  @Test func `nothing is written when one of the inputs is wrong`() throws {
    let (points, labels) = try clusters()
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
    let page = try run(
      "neighbors", points, "--rows", "0", "--labels", labels, "--images", folder.path, "--html",
      path("page.html"), "--output", path("o.csv"))
    #expect(page.code == 1 && page.error.contains("labels.csv: has no column \"path\""), "\(page)")
    let similarity = try run("similarity", points, "absent.npy", "--output", path("o.csv"))
    #expect(similarity.code == 1 && similarity.error.contains("absent.npy: no such file"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(names) == ["points.npy", "labels.csv", "narrow.csv"])
  }

  @Test func `labels that the angles cannot use are named with the points`() throws {
    let (points, _) = try clusters()
    let one = try folder.write(
      "row,class\n" + (0..<120).map { "\($0),a\n" }.joined(), "one.csv")
    let outcome = try run("angles", points, "--labels", one)
    #expect(outcome.code == 1, "\(outcome)")
    #expect(
      outcome.error.contains("points.npy with \(one): angles between classes need"), "\(outcome)")
  }
}
