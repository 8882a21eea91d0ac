/// A job of the layout benchmark: one command of this program, and the peers that do the same.
struct LayoutWorkload: Sendable {
  /// The name of the workload.
  let name: String
  /// The set of points, as the peers' scripts name it.
  let set: String
  /// The command line after the program's name; `POINTS`, `LABELS` and `OUTPUT` stand for files.
  let arguments: [String]
  /// The tools of the peers' script that do the same.
  let peers: [String]
  /// Whether the output is a layout, which has a quality.
  var isLayout = true

  static let points = "POINTS"
  static let labels = "LABELS"
  static let output = "OUTPUT"

  /// All workloads.
  static let all: [LayoutWorkload] = [
    layout("tsne", "map5640", peers: ["opentsne", "opentsne-fft", "scranpy-tsne"]),
    layout("umap", "map5640", peers: ["umap", "umap-warm", "scranpy-umap"]),
    LayoutWorkload(
      name: "neighbors-map5640", set: "map5640",
      arguments: ["neighbors", points, "-k", "15", "--output", output], peers: ["knn"],
      isLayout: false),
    layout("tsne", "map50000", peers: ["opentsne-fft", "scranpy-tsne"]),
    layout("umap", "map50000", peers: ["umap", "scranpy-umap"]),
    angles("10"), angles("full"),
  ]

  private static func layout(_ method: String, _ set: String, peers: [String]) -> LayoutWorkload {
    LayoutWorkload(
      name: "\(method)-\(set)", set: set,
      arguments: ["layout", points, "--method", method, "--output", output], peers: peers)
  }

  private static func angles(_ rank: String) -> LayoutWorkload {
    LayoutWorkload(
      name: "angles-\(rank)-map5640", set: "map5640",
      arguments: ["angles", points, "--labels", labels, "--rank", rank, "--output", output],
      peers: [], isLayout: false)
  }
}
