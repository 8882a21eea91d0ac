/// A file that the program reads, small and sound, and the command that reads it.
struct MutationKind: Sendable, CustomStringConvertible {
  /// The file that is damaged, by its path in the folder.
  let file: String
  /// The command; `MUTATED` in it stands for the damaged text itself.
  let arguments: [String]
  /// What the kind is called.
  let description: String

  init(_ description: String, _ file: String, _ arguments: String...) {
    self.description = description
    self.file = file
    self.arguments = arguments
  }

  /// A text that is an argument in place of a file.
  static let argument = "argument.txt"
  /// Another one.
  static let levels = "levels.txt"

  static let all: [MutationKind] = [
    MutationKind("points.npy", "x.npy", "persistence", "x.npy"),
    MutationKind(
      "float64 points.npy", "x.npy", "persistence", "x.npy", "--distance-precision", "float64"),
    MutationKind("points.npz", "x.npz", "similarity", "x.npz"),
    MutationKind("compressed points.npz", "c.npz", "similarity", "c.npz"),
    MutationKind("points.safetensors", "x.safetensors", "similarity", "x.safetensors"),
    MutationKind("points.csv", "x.csv", "persistence", "x.csv", "--max-dimension", "2"),
    MutationKind("neighbours of points.csv", "x.csv", "neighbors", "x.csv", "-k", "3"),
    MutationKind("layout of points.csv", "x.csv", "layout", "x.csv", "--method", "pca"),
    MutationKind("distances.npy", "d.npy", "persistence", "d.npy", "--distances"),
    MutationKind("distances.txt", "d.txt", "persistence", "d.txt", "--distances"),
    MutationKind("edges.csv", "e.csv", "persistence", "e.csv", "--sparse", "--prime", "3"),
    MutationKind("diagrams.csv", "a.csv", "distance", "a.csv", "b.csv", "--metric", "wasserstein"),
    MutationKind(
      "labels.csv", "l.csv", "angles", "x.npy", "--labels", "l.csv", "--null-draws", "3"),
    MutationKind(
      "text.npy", "t.npy", "zeroshot", "--embeddings", "x.npy", "--text", "t.npy", "--labels",
      "l.csv"),
    MutationKind("experiment.yaml", "e.yaml", "sweep", "e.yaml", "--dry-run"),
    MutationKind("plan.yaml", "p.yaml", "train", "p.yaml"),
    MutationKind("--set", argument, "sweep", "--dry-run", "--set", "MUTATED"),
    MutationKind("--levels", levels, "sweep", "--dry-run", "--levels", "MUTATED"),
    MutationKind(
      "pairs.csv", "pairs.csv", "link", "pairs.csv", "--image-embeddings", "x.npy",
      "--text-embeddings", "x.npy", "--split", "0.5,0.5", "--baseline", "jaccard", "--output", "o"),
    MutationKind(
      "annotations.json", "s.json", "link", "pairs.csv", "--image-embeddings", "x.npy",
      "--text-embeddings", "x.npy", "--threshold", "0.2", "--label-studio", "s.json", "--pair-keys",
      "a,b", "--output", "o"),
    MutationKind(
      "imdb.mat", "dtd/imdb/imdb.mat", "sweep", "--dataset", "dtd", "--model", "builtin",
      "--dry-run"),
    MutationKind(
      "compressed imdb.mat", "dtdc/imdb/imdb.mat", "sweep", "--dataset", "dtdc", "--model",
      "builtin",
      "--dry-run"),
    MutationKind(
      "split.json", "split.json", "sweep", "--dataset", "dtd/images", "--split-file", "split.json",
      "--model", "builtin", "--dry-run"),
    MutationKind(
      "dataset.csv", "set.csv", "sweep", "--dataset", "set.csv", "--model", "builtin", "--dry-run",
      "--analyses", "zeroshot"),
    MutationKind(
      "image.png", "one/a/0.png", "embed", "one", "--model", "builtin", "--levels", "0", "--output",
      "o"),
    MutationKind(
      "image.jpg", "two/a/0.jpg", "embed", "two", "--model", "builtin", "--levels", "0", "--output",
      "o"),
    MutationKind("config.json", "m/config.json", "tokenize", "--model", "m"),
    MutationKind("vocab.json", "m/vocab.json", "tokenize", "--model", "m"),
    MutationKind("merges.txt", "m/merges.txt", "tokenize", "--model", "m"),
    MutationKind(
      "preprocessor_config.json", "m/preprocessor_config.json", "embed", "dtd/images", "--model",
      "m",
      "--levels", "0,1", "--output", "o"),
    MutationKind(
      "model.safetensors", "m/model.safetensors", "embed", "dtd/images", "--model", "m", "--levels",
      "0",
      "--output", "o"),
    MutationKind(
      "config.json of an embedding", "m/config.json", "embed", "dtd/images", "--model", "m",
      "--levels",
      "0", "--output", "o"),
  ]
}
