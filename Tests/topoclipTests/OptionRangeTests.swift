import Fixtures
import Testing

/// Numbers beyond all sense, as a user may type them: an option and its range are told before any work.
struct OptionRangeTests {
  private static let largest = "9223372036854775807"

  @Test(arguments: [
    ["angles", "p.npy", "--labels", "l.csv", "--null-draws"],
    ["angles", "p.npy", "--labels", "l.csv", "--rank"],
    ["neighbors", "p.npy", "-k"],
    ["neighbors", "p.npy", "--rows"],
    ["similarity", "p.npy", "--bins"],
    ["similarity", "p.npy", "--sample"],
    ["persistence", "p.npy", "--max-dimension"],
    ["persistence", "p.npy", "--landmarks"],
    ["persistence", "p.csv", "--sparse", "--vertices"],
    ["distance", "a.csv", "b.csv", "--dimension"],
    ["layout", "p.npy", "--method", "tsne", "--perplexity"],
    ["layout", "p.npy", "--method", "tsne", "--iterations"],
    ["layout", "p.npy", "--method", "tsne", "--early-exaggeration"],
    ["layout", "p.npy", "--method", "tsne", "--learning-rate"],
    ["layout", "p.npy", "--method", "umap", "--neighbors"],
    ["layout", "p.npy", "--method", "umap", "--min-dist"],
    ["layout", "p.npy", "--method", "umap", "--epochs"],
    ["textures", "--output", "o", "--per-class"],
    ["textures", "--output", "o", "--size"],
    ["textures", "--output", "o", "--classes"],
    ["textures", "--contact-sheet", "o.png", "--columns"],
    ["zeroshot", "--embeddings", "p.npy", "--text", "t.npy", "--labels", "l.csv", "--logit-scale"],
    ["sweep", "--max-pixels"],
    ["sweep", "--threads"],
    ["sweep", "--limit"],
    ["sweep", "--per-class"],
    ["sweep", "--classes"],
    ["sweep", "--levels"],
    ["sweep", "--certify"],
    ["sweep", "--precision-tolerance"],
    ["benchmark", "topology", "--rounds"],
    ["benchmark", "training", "--seconds"],
    ["benchmark", "encoder", "--prompt-batch"],
    ["benchmark", "encoder", "--batches"],
  ])
  func `the largest count is refused with its option`(arguments: [String]) throws {
    let outcome = try ProgramRun(arguments + [Self.largest])
    #expect(outcome.code == 2 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.error.contains("expected"), "\(outcome)")
    let option = String(arguments.last?.drop { $0 == "-" } ?? "")
    #expect(outcome.error.contains(option), "\(outcome)")
  }

  @Test(arguments: [
    "statistics.replicates", "statistics.permutations", "statistics.folds",
    "topology.test-permutations", "topology.band-replicates", "topology.halvings",
    "angles.null-draws", "angles.rank", "probe.folds", "geometry.dimension-neighbors",
  ])
  func `a setting is refused with its key and range`(key: String) throws {
    let outcome = try ProgramRun(
      ["sweep", "--embeddings", "e", "--output", "o", "--set", "\(key)=\(Self.largest)"])
    #expect(outcome.code == 2, "\(outcome)")
    #expect(
      outcome.error.contains("\(key) is \"\(Self.largest)\"; expected ")
        && outcome.error.contains("a whole number from "), "\(outcome)")
  }

  @Test func `a path of fifty thousand keys is refused`() throws {
    let path = String(repeating: "a.", count: 50_000) + "b=1"
    for arguments in [["sweep", "--dry-run", "--set", path], ["train", "p.yaml", "--set", path]] {
      let outcome = try ProgramRun(arguments)
      #expect(outcome.code == 2 && outcome.error.contains("50001 keys"), "\(outcome.code)")
    }
  }

  @Test(arguments: ["1e308,1e308", "nan,1", "1e-320,1"])
  func `shares that cannot be added are refused`(split: String) throws {
    let outcome = try ProgramRun([
      "link", "p.csv", "--model", "builtin", "--split", split, "--output", "o",
    ])
    #expect(outcome.code == 2 && outcome.error.contains("--split \(split): expected"), "\(outcome)")
  }
}
