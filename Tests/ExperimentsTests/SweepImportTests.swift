import CLIP
import Files
import Fixtures
import Foundation
import LinearAlgebra
import Runs
import Testing

@testable import Experiments

/// Embeddings made elsewhere: what is read, what is refused, and that nothing is lost by a refusal.
final class SweepImportTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "import-\(UUID())")

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func write(_ rows: [[Float]], _ name: String) throws {
    try AtomicFile.write(NumPyFile.encode(Matrix(rows)), to: path(name))
  }

  /// Four samples of two classes along the axes, class b first in classes.csv.
  private func makeSource(_ name: String = "in") throws {
    try write([[1, 0.1], [1, 0], [0.1, 1], [0, 1]], name + "/clean.npy")
    try write([[0, 1], [1, 0]], name + "/text.npy")
    try AtomicFile.write("row,class\n0,a\n1,a\n2,b\n3,b\n", to: path(name + "/samples.csv"))
    try AtomicFile.write("index,class\n0,b\n1,a\n", to: path(name + "/classes.csv"))
  }

  @discardableResult
  private func sweep(_ source: String, _ output: String, _ settings: [String] = []) throws -> String
  {
    let experiment = try experiment(
      ["embeddings=\(path(source))", "output=\(path(output))"] + settings)
    return try Sweep(experiment, arguments: [], isQuiet: true).execute()
  }

  @Test func `the order of classes is that of classes.csv`() throws {
    try makeSource()
    #expect(try sweep("in", "out", ["analyses=zeroshot"]).contains("| 4 | 1.0000 |"))
    // An index out of order would name the rows of text.npy wrongly.
    try AtomicFile.write("index,class\n1,b\n0,a\n", to: path("in/classes.csv"))
    let message = problem { try sweep("in", "out") }
    #expect(message.contains("classes.csv: line 2: index is \"1\"; expected 0"))
  }

  @Test func `rows of any length are classified by direction`() throws {
    try makeSource()
    try write([[0, 500], [0.1, 0]], "in/text.npy")
    try write([[3, 0.3], [1, 0], [0.01, 0.1], [0, 1]], "in/clean.npy")
    #expect(try sweep("in", "out", ["analyses=zeroshot"]).contains("| 4 | 1.0000 |"))
    let table = try ZeroShotEvaluation.ofEmbeddings(
      path("in/clean.npy"), text: path("in/text.npy"), labels: path("in/samples.csv"),
      classNames: ["b", "a"], logitScale: 100, output: nil)
    #expect(try table == String(contentsOfFile: path("out/accuracy.csv"), encoding: .utf8))
  }

  @Test func `one condition under two names is refused`() throws {
    try makeSource()
    try write([[1, 0], [1, 0], [0, 1], [0, 1]], "in/gaussian-1-s0.npy")
    try write([[1, 0], [1, 0], [0, 1], [0, 1]], "in/gaussian-1.0-s0.npy")
    #expect(problem { try sweep("in", "out") }.contains("is the same condition as"))
  }

  @Test
  func `own conditions are analysed under their names, and what is not used is in the manifest`()
    throws
  {
    try makeSource()
    try write([[1, 0.2], [1, 0.1], [0.2, 1], [0.1, 1]], "in/mist.npy")
    try write([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0]], "in/dino.npy")
    try AtomicFile.write(
      "file,kind,level,seed\nclean.npy,clean,0,\nmist.npy,own-mist,0.5,\n",
      to: path("in/conditions.csv"))
    try sweep("in", "out", ["angles.rank=1", "analyses=angles,zeroshot"])
    let run = RunDirectory(path("out"))
    #expect(try run.conditions().map(\.name) == ["clean", "own-mist-0.5"])
    #expect(FileManager.default.fileExists(atPath: path("out/angles/own-mist-0.5.csv")))
    let data = try #require(try Manifest.read(run)?.data)
    #expect(data.unused.map(\.path) == ["dino.npy"])
    #expect(data.embeddings?.keys.sorted() == ["clean", "own-mist-0.5"])
    // The same again finds the run as it is.
    #expect(
      try sweep("in", "out", ["angles.rank=1", "analyses=angles,zeroshot"]).contains("2 cond"))
    // An array of another encoder is refused where it is a condition.
    try AtomicFile.write(
      "file,kind,level\nclean,clean,0\ndino,dino,1\n", to: path("in/conditions.csv"))
    #expect(problem { try sweep("in", "out2") }.contains("dino.npy: has 3 columns; "))
  }

  @Test func `an archive gives the tables that its members give as files`() throws {
    try makeSource()
    let rows: [[Double]] = [[1, 0.2], [1, 0.1], [0.2, 1], [0.1, 1]]
    let clean: [[Double]] = [[1, 0.1], [1, 0], [0.1, 1], [0, 1]]
    let text: [[Double]] = [[0, 1], [1, 0]]
    try write(rows.map { $0.map(Float.init) }, "in/fog-1.npy")
    try sweep("in", "files", ["angles.rank=1", "analyses=angles,zeroshot"])
    let archive = try NumPyArchive.encode([
      ("clean", Matrix(clean)), ("fog-1", Matrix(rows)), ("text", Matrix(text)),
    ])
    try AtomicFile.write(archive, to: path("in/all.npz"))
    try sweep("in/all.npz", "archive", ["angles.rank=1", "analyses=angles,zeroshot"])
    for file in ["accuracy.csv", "conditions.csv", "angles/fog-1.csv", "embeddings/text.npy"] {
      let (a, b) = (URL(filePath: path("files/" + file)), URL(filePath: path("archive/" + file)))
      #expect(try Data(contentsOf: a) == Data(contentsOf: b), "\(file)")
    }
  }

  @Test func `without clean images the manifest says what is not computed`() throws {
    try makeSource()
    try FileManager.default.moveItem(atPath: path("in/clean.npy"), toPath: path("in/fog-1.npy"))
    try sweep("in", "out", ["analyses=zeroshot"])
    let remarks = try Manifest.read(RunDirectory(path("out")))?.remarks ?? []
    let remark = try #require(remarks.first { $0.contains("no clean images") })
    #expect(remark.contains("not computed: zeroshot: the temperature"))
    #expect(remark.hasSuffix("To have it, import clean.npy too"))
  }

  @Test func `a refusal leaves a finished run as it was`() throws {
    try makeSource()
    try sweep("in", "out", ["angles.rank=1"])
    let before = try FileManager.default.subpathsOfDirectory(atPath: path("out")).sorted()
    let manifest = try Data(contentsOf: URL(filePath: path("out/manifest.json")))
    // Too few rows, a number that float32 does not hold, a source inside the run.
    try write([[1, 0]], "in/clean.npy")
    #expect(problem { try sweep("in", "out") }.contains("clean.npy: has 1 rows"))
    try AtomicFile.write(Data("not numpy".utf8), to: path("in/clean.npy"))
    #expect(problem { try sweep("in", "out") }.contains("in/clean.npy"))
    try makeSource()
    let rank = problem { try sweep("in", "out", ["angles.rank=2"]) }
    #expect(rank.contains("class b has 2 images; the angles need 3"))
    #expect(
      problem { try sweep("out/embeddings", "out") }.contains("lies in the run directory"))
    #expect(try FileManager.default.subpathsOfDirectory(atPath: path("out")).sorted() == before)
    #expect(try Data(contentsOf: URL(filePath: path("out/manifest.json"))) == manifest)
  }

  @Test func `settings that have no part in it are refused`() throws {
    try makeSource()
    for setting in ["model=m", "dataset.limit=3", "noise.levels=1", "templates=t"] {
      let message = problem { try sweep("in", "out", [setting]) }
      #expect(message.contains("embeddings stand in place of it"), "\(setting): \(message)")
    }
    // Regression: these were taken without a word.
    for setting in [
      "seed=4", "precision=bfloat16", "precision-tolerance=1", "certify=all", "backend=portable",
    ] {
      let message = problem { try sweep("in", "out", [setting]) }
      #expect(message.contains("embeddings stand in place of one"), "\(setting): \(message)")
    }
    try sweep("in", "out", ["angles.rank=1"])
    let manifest = try #require(try Manifest.read(RunDirectory(path("out"))))
    #expect(manifest.configuration["noise.conditions"] == "clean")
  }

  private func manifest(_ run: String) throws -> Manifest {
    try #require(try Manifest.read(RunDirectory(path(run))))
  }

  @Test func `classes that are numbered stand by number`() throws {
    // Row k of text.npy is class k; no classes.csv is needed to classify files.
    let axes = (0..<12).map { k in (0..<12).map { Float($0 == k ? 1 : 0) } }
    try write(axes, "n/clean.npy")
    try write(axes, "n/text.npy")
    try AtomicFile.write(
      "class\n" + (0..<12).map { "\($0).0\n" }.joined(), to: path("n/samples.csv"))
    let table = try ZeroShotEvaluation.ofEmbeddings(
      path("n/clean.npy"), text: path("n/text.npy"), labels: path("n/samples.csv"),
      classNames: nil, logitScale: 100, output: nil)
    #expect(table.contains("none,0,,12,1,"))
  }

  @Test func `the logit scale is a setting, the run's own, or assumed and said`() throws {
    try makeSource()
    try sweep("in", "out", ["analyses=zeroshot"])
    let assumed = try manifest("out")
    #expect(assumed.zeroShot?.logitScale == 100)
    #expect(assumed.remarks?.count == 1 && assumed.remarks?[0].contains("100 is assumed") == true)
    // Another scale is computed anew.
    let before = try String(contentsOfFile: path("out/accuracy.csv"), encoding: .utf8)
    try sweep("in", "out", ["analyses=zeroshot", "logit-scale=2"])
    let given = try manifest("out")
    #expect(given.zeroShot?.logitScale == 2 && given.remarks == nil)
    #expect(given.configuration["logit-scale"] == "2")
    let after = try String(contentsOfFile: path("out/accuracy.csv"), encoding: .utf8)
    #expect(after != before)
    // Its embeddings, taken elsewhere: the same numbers.
    try sweep("out/embeddings", "again", ["analyses=zeroshot"])
    #expect(try manifest("again").zeroShot?.logitScale == 2)
    #expect(try String(contentsOfFile: path("again/accuracy.csv"), encoding: .utf8) == after)
    let table = try ZeroShotEvaluation.ofEmbeddings(
      path("out/embeddings/clean.npy"), text: path("out/embeddings/text.npy"),
      labels: path("in/samples.csv"), classNames: ["b", "a"], logitScale: nil, output: nil)
    #expect(table == after)
    #expect(problem { _ = try experiment(["logit-scale=2"]) }.contains("a model has its own"))
    #expect(
      problem { try sweep("in", "x", ["logit-scale=nan"]) }.contains("logit-scale is \"nan\""))
  }

  @Test func `what is not computed without embeddings of the classes is named`() throws {
    try makeSource()
    try FileManager.default.removeItem(atPath: path("in/text.npy"))
    try sweep("in", "out", ["angles.rank=1"])
    let remarks = try #require(try manifest("out").remarks)
    #expect(remarks.count == 1 && remarks[0].contains("there is no text.npy"), "\(remarks)")
    #expect(remarks[0].contains("link.csv"))
    // Its rows are of no class without their order.
    try makeSource()
    try FileManager.default.removeItem(atPath: path("in/classes.csv"))
    try sweep("in", "other", ["angles.rank=1"])
    let unused = try #require(try manifest("other").remarks)
    #expect(unused.count == 1 && unused[0].contains("text.npy is not used, as no classes.csv"))
    // Who names the analyses has left accuracy out.
    try sweep("in", "named", ["analyses=angles", "angles.rank=1"])
    #expect(try manifest("named").remarks == nil)
  }

  @Test func `what is remarked of tables that stay stays, and goes with what is made anew`() throws
  {
    try makeSource()
    try sweep("in", "out", ["analyses=zeroshot"])
    let assumed = try #require(try manifest("out").remarks)
    try sweep("in", "out", ["analyses=angles", "angles.rank=1"])
    #expect(try manifest("out").remarks == assumed && assumed.count == 1)
    // Tables of another scale elsewhere are of a scale that is known.
    _ = try ZeroShotEvaluation.ofRun(
      path("out"), split: nil, templates: nil, model: nil, logitScale: 7, output: path("seven"))
    #expect(try manifest("seven").zeroShot?.logitScale == 7)
    #expect(try manifest("seven").remarks == nil)
    // Under the same scale the remark holds.
    _ = try ZeroShotEvaluation.ofRun(
      path("out"), split: nil, templates: nil, model: nil, logitScale: nil, output: path("same"))
    #expect(try manifest("same").remarks == assumed)

    try FileManager.default.removeItem(atPath: path("in/text.npy"))
    try sweep("in", "later", ["angles.rank=1"])
    let lacking = try #require(try manifest("later").remarks)
    #expect(lacking.count == 1 && lacking[0].contains("there is no text.npy"))
    try sweep("in", "later", ["analyses=angles", "angles.rank=1"])
    #expect(try manifest("later").remarks == lacking)
    try makeSource()
    try sweep("in", "later", ["analyses=zeroshot", "logit-scale=2"])
    #expect(try manifest("later").remarks == nil)
  }

  @Test func `a manifest whose remarks are sentences alone is extended`() throws {
    try makeSource()
    try sweep("in", "out", ["analyses=zeroshot"])
    let file = path("out/manifest.json")
    let object = try JSONSerialization.jsonObject(with: FileContents.read(file))
    var fields = try #require(object as? [String: Any])
    fields["remark_subjects"] = nil
    fields["_sha256"] = nil
    fields["remarks"] = try #require(fields["remarks"] as? [String]) + ["of another version"]
    try AtomicFile.write(JSONSerialization.data(withJSONObject: fields), to: file)
    try sweep("in", "out", ["analyses=zeroshot", "logit-scale=2"])
    #expect(try manifest("out").remarks == ["of another version"])
  }

  @Test func `a run of two folders names both, with what is not used there`() throws {
    for name in ["in", "more"] {
      try makeSource(name)
      try write([[1, 0.2], [1, 0.1], [0.2, 1], [0.1, 1]], name + "/other.npy")
    }
    try AtomicFile.write("file,kind,level\nclean,clean,0\n", to: path("in/conditions.csv"))
    try AtomicFile.write("file,kind,level\nother,mist,1\n", to: path("more/conditions.csv"))
    let settings = ["angles.rank=1", "analyses=angles"]
    try sweep("in", "out", settings)
    try sweep("more", "out", settings)
    let found = try manifest("out")
    let data = try #require(found.data)
    #expect(data.source == "\(path("in")), \(path("more")) (embeddings made elsewhere)")
    #expect(data.unused.map(\.path) == [path("in/other.npy"), path("more/clean.npy")])
    let remarks = try #require(found.remarks)
    #expect(remarks.count == 2 && remarks.allSatisfy { $0.hasPrefix("not used: 1 file (") })
    #expect(
      remarks[0].contains(path("in/other.npy")) && remarks[1].contains(path("more/clean.npy")))
    // The same again changes nothing.
    try sweep("in", "out", settings)
    #expect(try manifest("out").data?.source == data.source)
    #expect(Set(try manifest("out").remarks ?? []) == Set(remarks))
  }

  @Test func `a dry run refuses what the sweep does`() throws {
    try makeSource()
    func estimate(_ output: String) throws {
      let settings = ["embeddings=\(path("in"))", "output=\(path(output))", "angles.rank=1"]
      _ = try Sweep(experiment(settings), arguments: [], isQuiet: true).estimate()
    }
    try sweep("in", "out", ["analyses=angles", "angles.rank=1"])
    try estimate("out")
    try write([[1, 0], [1, 0], [0, 1], [0, 1]], "in/clean.npy")
    #expect(problem { try estimate("out") }.contains("the embeddings of clean are others"))
    try write([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0]], "in/mist-4.npy")
    #expect(problem { try estimate("new") }.contains("mist-4.npy: has 3 columns; "))
  }

  @Test func `analyses of a run without clean images say so once, with what helps`() throws {
    try makeSource()
    try FileManager.default.moveItem(atPath: path("in/clean.npy"), toPath: path("in/fog-1.npy"))
    try sweep("in", "out", ["analyses=zeroshot", "logit-scale=2"])
    func analyse(_ name: String) throws -> [String] {
      let assignments = try ["analyses=\(name)", "angles.rank=1"].map {
        try Assignment(argument: $0)
      }
      _ = try Reanalysis(
        path("out"), output: path("again"), assignments: assignments, arguments: [], isQuiet: true
      ).execute()
      return try manifest("again").remarks ?? []
    }
    let remarks = try analyse("zeroshot")
    #expect(remarks.count == 1 && remarks[0].contains("not computed: zeroshot: the temperature"))
    #expect(
      remarks[0].hasSuffix(
        "To have it, extend the run itself, \(path("out")) (import clean.npy too), and analyse it again"
      ),
      "\(remarks)")
    // Of all analyses that are there, whichever are asked for.
    #expect(try analyse("angles") == remarks)
  }

  @Test func `embeddings of the classes in another order are doubted`() throws {
    try makeSource()
    try AtomicFile.write("index,class\n0,a\n1,b\n", to: path("in/classes.csv"))
    try sweep("in", "out", ["analyses=zeroshot", "logit-scale=100"])
    let remarks = try #require(try manifest("out").remarks)
    #expect(remarks.count == 1 && remarks[0].contains("no more than guessing among 2 classes"))
    #expect(remarks[0].contains("classes.csv"))
    // Nothing is computed, and it is known all the same.
    try sweep("in", "out", ["analyses=zeroshot", "logit-scale=100"])
    #expect(try manifest("out").remarks == remarks)
  }

  /// Regression: the scale fell back to 100, and accuracy that nobody asked for was computed again.
  @Test func `a scale that was given stays when the run is extended`() throws {
    try makeSource()
    try sweep("in", "out", ["analyses=zeroshot", "logit-scale=5"])
    let before = try String(contentsOfFile: path("out/accuracy.csv"), encoding: .utf8)
    let record = try manifest("out").analyses["zeroshot"]
    func requireKept() throws {
      let manifest = try manifest("out")
      #expect(manifest.zeroShot?.logitScale == 5)
      #expect(manifest.configuration["logit-scale"] == "5")
      #expect(try String(contentsOfFile: path("out/accuracy.csv"), encoding: .utf8) == before)
      #expect(manifest.remarks == nil, "\(manifest.remarks ?? [])")
    }
    try sweep("in", "out", ["analyses=angles", "angles.rank=1"])
    try requireKept()
    #expect(try manifest("out").analyses["zeroshot"] == record)
    try sweep("in", "out", ["analyses=zeroshot"])
    try requireKept()
    // Where it was known from elsewhere it stays too, as long as nobody asks for accuracy.
    try sweep("out/embeddings", "again", ["analyses=zeroshot"])
    let again = try String(contentsOfFile: path("again/accuracy.csv"), encoding: .utf8)
    try sweep("in", "again", ["analyses=angles", "angles.rank=1"])
    #expect(try manifest("again").zeroShot?.logitScale == 5)
    #expect(try String(contentsOfFile: path("again/accuracy.csv"), encoding: .utf8) == again)
    // Another one is asked for.
    try sweep("in", "out", ["analyses=angles", "angles.rank=1", "logit-scale=2"])
    #expect(try manifest("out").zeroShot?.logitScale == 2)
    #expect(try String(contentsOfFile: path("out/accuracy.csv"), encoding: .utf8) != before)
  }

  @Test func `one array of a condition is that condition in its run`() throws {
    try makeSource()
    try write([[1, 0.2], [1, 0.1], [0.2, 1], [0.1, 1]], "in/gaussian-1-s0.npy")
    try sweep("in/gaussian-1-s0.npy", "out", ["analyses=angles", "angles.rank=1"])
    #expect(try RunDirectory(path("out")).conditions().map(\.name) == ["gaussian-1-s0"])
    try write([[1, 0.2], [1, 0.1], [0.2, 1], [0.1, 1]], "in/dino.npy")
    try sweep("in/dino.npy", "dino", ["analyses=angles", "angles.rank=1"])
    #expect(try RunDirectory(path("dino")).conditions() == [.clean])
    let remarks = try manifest("dino").remarks
    #expect(
      remarks == [
        "\(path("in/dino.npy")) is taken for clean, the images as they are, as its name is no condition"
      ])
    try AtomicFile.write("1\t0.1\n1\t0\n0.1\t1\n0\t1\n", to: path("in/clean.tsv"))
    try sweep("in/clean.tsv", "tsv", ["analyses=angles", "angles.rank=1"])
    #expect(try RunDirectory(path("tsv")).conditions() == [.clean])
  }

  @Test func `the embeddings of the classes are called as they are given`() throws {
    try makeSource()
    let clean: [[Double]] = [[1, 0.1], [1, 0], [0.1, 1], [0, 1]]
    let text: [[Double]] = [[1, 0], [0, 1]]
    try AtomicFile.write(
      NumPyArchive.encode([("clean", Matrix(clean)), ("text", Matrix(text))]),
      to: path("in/all.npz"))
    try sweep("in/all.npz", "out", ["analyses=zeroshot", "logit-scale=100"])
    let remarks = try #require(try manifest("out").remarks)
    #expect(remarks.count == 1 && remarks[0].contains("the rows of the member text may stand"))
  }

  @Test func `what is wrong is told of the file that was given, before anything is written`() throws
  {
    try makeSource()
    #expect(
      problem { try sweep("no", "out", ["analyses=zeroshot"]) }.contains(
        "no: is not there; expected a folder of .npy files"))
    #expect(
      problem { try sweep("no.npy", "out", ["analyses=zeroshot"]) }.contains("no.npy: is not there")
    )
    try write([[0, 1], [0, 0]], "in/text.npy")
    let text = problem { try sweep("in", "out", ["analyses=zeroshot"]) }
    #expect(text.contains("in/text.npy: row 1 (counted from 0) is all zeros"), "\(text)")
    #expect(text.contains("leave it out of classes.csv") && !text.contains("image"))
    try write([[0, 1], [1, 0], [1, 1]], "in/text.npy")
    #expect(
      problem { try sweep("in", "out") }.hasSuffix("text.npy: has 3 rows; classes.csv lists 2"))
    try makeSource()
    try write([[1, 0.1], [0, 0], [0.1, 1], [0, 1]], "in/clean.npy")
    #expect(
      problem { try sweep("in", "out", ["analyses=zeroshot"]) }.contains(
        "in/clean.npy: row 1 (counted from 0) is all zeros"))
    try write([[1, 0.1], [1, 0], [0.1, 1]], "in/clean.npy")
    #expect(
      problem { try sweep("in", "out") }.hasSuffix("clean.npy: has 3 rows; samples.csv lists 4"))
    #expect(!FileManager.default.fileExists(atPath: path("out/manifest.json")))
    #expect(!FileManager.default.fileExists(atPath: path("out/samples.csv")))
  }
}
