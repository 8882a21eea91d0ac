import Files
import Fixtures
import Foundation
import Images
import Testing

@testable import Reports

struct FiguresTests {
  /// A run directory of four images of two classes, by hand, with a table of every kind.
  ///
  /// A class has a name that would break a script.
  static func run(in folder: TemporaryFolder, without missing: Set<String> = []) throws
    -> ReportedRun
  {
    let odd = "it's_{odd} `x`"
    let conditions = ["none,0,", "gaussian,0.5,0"]
    var files: [String: String] = [:]
    files["samples.csv"] =
      "row,path,class,split\n0,a/0,a,\n1,a/1,a,\n2,o/2,\(odd),\n3,o/3,\(odd),\n"
    files["classes.csv"] = "index,class\n0,a\n1,\(odd)\n"
    files["accuracy.csv"] =
      "noise,level,seed,count,top1,top5\nnone,0,,4,1,1\ngaussian,0.5,0,4,0.5,1\n"
    files["probes.csv"] =
      "noise,level,seed,probe,neighbors,chance,accuracy,accuracy_low,accuracy_high\n"
      + "none,0,,knn,1,0.5,0.75,0.5,1\ngaussian,0.5,0,knn,1,0.5,0.5,0.25,0.75\n"
    files["levels.csv"] =
      "noise,level,count,top1,top1_low,top1_high,top5,ece,ece_low,ece_high,brier,nll,"
      + "ece_scaled,brier_scaled,nll_scaled\n"
      + "none,0,4,0.75,0.5,1,1,0.1,0.05,0.2,0.3,0.5,0.08,,\n"
      + "gaussian,0.5,4,0.5,0.25,0.75,1,0.3,0.2,0.4,0.6,1.5,0.2,,\n"
    files["reliability.csv"] =
      "noise,level,scaled,bin_low,bin_high,count,confidence,accuracy\n"
      + conditions.map { condition in
        let level = condition.split(separator: ",").prefix(2).joined(separator: ",")
        return "\(level),false,0,0.5,10,0.4,0.3\n\(level),false,0.5,1,2,0.9,0.1\n"
      }.joined()
    files["changes.csv"] =
      "class,group,noise,level,seed,drop,bottleneck_h0,angle\n"
      + "a,,gaussian,0.5,0,0.5,0.1,0.2\n\(odd),,gaussian,0.5,0,0.25,0.2,0.4\n"
    files["link.csv"] =
      "group,noise,scope,level,measure,statistic,family,estimate,low,high,p_adjusted,detectable,note\n"
      + ",gaussian,within,,angle,spearman,primary,-0.25,-0.5,0.125,0.04,0.375,\n"
      + ",gaussian,within,,accuracy_clean,spearman,reference,0.5,,,,,reference\n"
    files["control/link.csv"] =
      "group,noise,scope,level,measure,statistic,estimate,low,high\n"
      + ",gaussian,within,,angle,spearman,0.0625,-0.25,0.375\n"
    files["control/accuracy.csv"] =
      "noise,level,seed,count,top1,top5\nnone,0,,4,0.5,1\ngaussian,0.5,0,4,0.5,1\n"
    files["partial.csv"] =
      "noise,measure,covariates,estimate,low,high,p,p_adjusted,note\n"
      + "gaussian,angle,size_clean,-0.125,-0.5,0.25,0.3,0.4,\n"
    files["added.csv"] =
      "noise,r2_references,r2,delta_r2,p,note\ngaussian,0.25,0.375,0.125,0.0312,\nall,,,,,too few classes\n"
    files["failure_scores.csv"] =
      "noise,level,event,signal,needs_clean,auroc,auroc_low,auroc_high,p_adjusted,note\n"
      + ["wrong", "flip"].flatMap { event in
        ["", "0.5"].flatMap { level in
          [
            "gaussian,\(level),\(event),confidence,no,0.75,0.625,0.875,,\n",
            "gaussian,\(level),\(event),displacement,yes,0.875,,,,\n",
          ]
        }
      }.joined()
    files["merges.csv"] =
      "noise,level,seed,step,class_a,class_b,height\n"
      + conditions.map { "\($0),0,a,\(odd),0.5\n" }.joined()
    files["bands.csv"] =
      "scope,noise,level,seed,half_width\n" + conditions.map { "all,\($0),0.05\n" }.joined()
    files["cosines.csv"] =
      "noise,level,seed,bin_low,bin_high,count\n"
      + conditions.map { "\($0),0,0.5,1\n\($0),0.5,1,3\n" }.joined()
    files["examples.csv"] =
      "kind,class,noise,level,seed,row,file\nclass,a,none,0,,0,examples/class-000.png\n"
      + "noise,a,none,0,,0,examples/class-000.png\nnoise,a,gaussian,0.5,0,0,examples/class-000.png\n"
    files["witnesses.csv"] =
      "scope,dimension,noise,level,seed,rank,change,birth,death,noisy_birth,noisy_death,role,row,class\n"
      + "all,1,gaussian,0.5,0,1,vanished,0.25,0.75,,,cycle,0,a\n"
    files["distances.csv"] =
      "scope,dimension,noise,level,seed,metric,order,scale,distance,between_halves,"
      + "between_halves_low,between_halves_high\n"
      + ["all", "class-a"].flatMap { scope in
        [("bottleneck", "inf"), ("wasserstein", "1"), ("wasserstein", "2")].map {
          "\(scope),0,gaussian,0.5,0,\($0),\($1),none,0.25,0.125,0.0625,0.1875\n"
        }
      }.joined()
    for name in ["clean", "gaussian-0.5-s0"] {
      files["embeddings/\(name).npy"] = ""
      files["diagrams/all-\(name).csv"] = "dimension,birth,death\n0,0,0.5\n0,0,inf\n1,0.25,0.75\n"
      files["diagrams/class-a-\(name).csv"] = "dimension,birth,death\n0,0,0.5\n0,0,inf\n"
      files["angles/heatmap-\(name).csv"] =
        "class_a,class_b,mean,null_mean\na,\(odd),0.5,1.5\n\(odd),a,0.5,1.5\n"
      for method in ["tsne", "umap"] {
        files["layouts/\(method)-\(name).csv"] = "row,x,y\n0,0,0\n1,1,0\n2,0,1\n3,1,1\n"
      }
    }
    let image = RGBImage(width: 2, height: 2, pixels: [UInt8](repeating: 100, count: 12))
    _ = try folder.write(image.pngData(), "examples/class-000.png")
    _ = try folder.write(image.jpegData(quality: 90), "thumbnails/00000.jpg")
    for (name, text) in files where !missing.contains(name) { _ = try folder.write(text, name) }
    return try ReportedRun(folder.path)
  }

  static let names = [
    "examples", "noise-gaussian", "accuracy", "calibration", "reliability-gaussian",
    "probes", "failures-gaussian", "link-gaussian", "correlations-gaussian", "added",
    "diagrams-gaussian", "diagrams-overlaid-gaussian", "barcodes-gaussian", "betti-gaussian",
    "diagrams-classes-gaussian", "distances-gaussian", "witnesses-gaussian", "merging-gaussian",
    "angles", "angles-levels-gaussian", "angles-null-gaussian", "cosines", "tsne-gaussian",
    "umap-gaussian",
  ]

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func `every kind is drawn`() throws {
    let folder = try TemporaryFolder()
    let run = try Self.run(in: folder)
    _ = try folder.write("old", "figures/diagrams-shot.svg")
    _ = try folder.write("mine", "figures/mine.svg")
    let report = try Figures.draw(run: run)
    #expect(report.messages == [])
    #expect(report.figures.map(\.name) == Self.names)
    var texts: [String: [String]] = [:]
    for figure in report.figures {
      let svg = try Data(contentsOf: URL(fileURLWithPath: #require(figure.svgPath)))
      texts[figure.name] = try #require(SVGReader(svg), "\(figure.name) is no XML").texts
      let path = try #require(figure.pngPath)
      let png = try RGBImage(decoding: Data(contentsOf: URL(fileURLWithPath: path)), file: path)
      #expect(png.width == FigureScript.pixels(figure.size).width)
      #expect(figure.pdfPath == nil)
      #expect(!figure.caption.isEmpty && !figure.title.isEmpty)
    }
    #expect(texts["merging-gaussian"]?.contains("it's_{odd} `x`") == true)
    #expect(texts["diagrams-gaussian"]?.contains("∞") == true)
    #expect(texts["diagrams-gaussian"]?.contains("σ = 0.5") == true)
    #expect(texts["link-gaussian"]?.contains("ρ = −0.25 [−0.50, 0.12]") == true)
    #expect(texts["link-gaussian"]?.contains("control 0.06 [−0.25, 0.38]") == true)
    #expect(texts["accuracy"]?.contains("control (random weights)") == true)
    // Of two classes, both are among the first five.
    #expect(texts["accuracy"]?.contains("top-5") == false)
    #expect(texts["correlations-gaussian"]?.contains("adjusted p ≤ .05") == true)
    #expect(texts["correlations-gaussian"]?.contains("partial, given the references") == true)
    #expect(texts["added"]?.contains("+0.12, p = 0.031") == true)
    #expect(texts["failures-gaussian"]?.contains("needs its clean twin") == true)
    #expect(texts["angles-null-gaussian"]?.contains("random planes") == true)
    #expect(texts["witnesses-gaussian"]?.contains("→ vanished") == true)
    // What is drawn no more goes, what is the user's stays.
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/figures")
    #expect(!left.contains("diagrams-shot.svg"))
    #expect(left.contains("mine.svg"))
  }

  @Test(
    .enabled(if: hasGnuplot, "gnuplot is not installed"),
    arguments: [FigureWidth.oneColumn, .twoColumns])
  func `only what is asked for is left, at the width that is asked for`(width: FigureWidth) throws {
    let folder = try TemporaryFolder()
    let run = try Self.run(in: folder)
    _ = try folder.write("old", "figures/accuracy.svg")
    let report = try Figures.draw(
      run: run, options: FigureOptions(formats: [.pdf], width: width))
    #expect(report.figures.map(\.name) == Self.names)
    #expect(report.figures.allSatisfy { $0.size.width == width.points && $0.width == width })
    #expect(report.figures.allSatisfy { $0.svgPath == nil && $0.pngPath == nil })
    #expect(report.messages.count == 1 && report.messages[0].contains("--figure-format"))
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/figures")
    #expect(Set(left) == Set(Self.names.map { $0 + ".pdf" }))
  }

  @Test func `figures whose names meet are two files`() throws {
    let layout = PanelLayout(columns: 1)
    let names = ["diagrams-classes-fog", "diagrams-fog", "diagrams-classes-fog"]
    let figures = names.map {
      Figure(
        name: $0, title: "", caption: "", section: .topology, width: .oneColumn, layout: layout,
        panels: [])
    }
    #expect(
      Figures.withOwnNames(figures).map(\.name) == [
        "diagrams-classes-fog", "diagrams-fog", "diagrams-classes-fog.2",
      ])
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func `kinds whose names meet are drawn side by side, and their figures go with them`() throws {
    let folder = try TemporaryFolder()
    _ = try Self.run(in: folder)
    let bars = "dimension,birth,death\n0,0,0.5\n0,0,inf\n"
    for name in ["fog-1", "classes-fog-1"] {
      _ = try folder.write("", "embeddings/\(name).npy")
      for scope in ["all", "class-a"] {
        _ = try folder.write(bars, "diagrams/\(scope)-\(name).csv")
      }
    }
    let names = try Figures.draw(run: ReportedRun(folder.path)).figures.map(\.name)
    #expect(Set(names).count == names.count && names.contains("diagrams-classes-fog.2"))
    for name in names {
      #expect(FileManager.default.fileExists(atPath: folder.path + "/figures/\(name).svg"))
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path + "/diagrams")
    where name.contains("classes-fog-1") {
      try FileManager.default.removeItem(atPath: folder.path + "/diagrams/" + name)
    }
    try FileManager.default.removeItem(atPath: folder.path + "/embeddings/classes-fog-1.npy")
    let later = try Figures.draw(run: ReportedRun(folder.path)).figures.map(\.name)
    #expect(!later.contains("diagrams-classes-fog.2") && later.contains("diagrams-classes-fog"))
    #expect(
      !FileManager.default.fileExists(atPath: folder.path + "/figures/diagrams-classes-fog.2.svg"))
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func `what is missing is said, and the rest is drawn`() throws {
    let folder = try TemporaryFolder()
    let run = try Self.run(in: folder, without: ["merges.csv", "levels.csv", "cosines.csv"])
    let report = try Figures.draw(run: run)
    #expect(
      report.messages == [
        "No calibration against the level: accuracy.csv has no calibration errors.",
        "No merge trees of the classes: the run directory has no merges.csv.",
        "No distributions of pairwise cosines: the run directory has no cosines.csv.",
      ])
    #expect(
      report.figures.map(\.name)
        == Self.names.filter { !["calibration", "merging-gaussian", "cosines"].contains($0) })
  }

  @Test func `without gnuplot, there is a message and nothing else`() throws {
    let folder = try TemporaryFolder()
    let run = try Self.run(in: folder)
    let report = try Figures.draw(run: run, gnuplot: Gnuplot(program: "no-such-gnuplot"))
    #expect(report.figures.isEmpty)
    #expect(report.messages.count == 1)
    #expect(
      report.messages.first?.hasPrefix("No figures: the program no-such-gnuplot is not installed")
        == true)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/figures"))
  }

  @Test func `a damaged table is an error with its line`() throws {
    let folder = try TemporaryFolder()
    let run = try Self.run(in: folder)
    let path = try folder.write(
      "noise,level,seed,bin_low,bin_high,count\nnone,0,,0,1,many\n", "cosines.csv")
    let error = #expect(throws: FileError.self) { _ = try Figures.draw(run: run) }
    #expect(
      error
        == FileError(
          path, "line 2: count is \"many\"; expected a whole number from 0 to 1000000000000000")
    )
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func `training has its curves`() throws {
    let folder = try TemporaryFolder()
    let log = try folder.write(
      """
      {"epochs":0,"kind":"validation","scores":{"accuracy":0.25,"loss":2},"steps":0}
      {"epoch":0,"gradient_norm":9,"kind":"step","learning_rate":0.001,"logit_factor":14,"loss":2.5,"step":0}
      {"epochs":1,"is_best":true,"kind":"validation","scores":{"accuracy":0.5,"loss":1},"steps":10,"training_loss":1.5}

      """, "log.jsonl")
    let report = try Figures.draw(trainingLog: log)
    #expect(report.messages == [])
    #expect(report.figures.map(\.name) == ["training"])
    let svg = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/figures/training.svg"))
    let texts = try #require(SVGReader(svg)).texts
    #expect(texts.contains("Validation accuracy"))
    #expect(texts.contains("Learning rate (10⁻³)"))
  }

  @Test func `a log that is none is named with its line`() throws {
    let folder = try TemporaryFolder()
    let log = try folder.write("{\"kind\":\"step\",\"step\":0,\"loss\":1}\nnot json\n", "log.jsonl")
    let error = #expect(throws: FileError.self) { _ = try Figures.draw(trainingLog: log) }
    #expect(error?.description.hasPrefix("\(log): line 2: ") == true)
  }
}
