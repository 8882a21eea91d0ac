/// Files as users write them, for tests that damage them.
public enum Examples {
  /// An experiment with every form of YAML that such files have: flows, blocks, an anchor, a comment.
  public static let experiment = """
    model: builtin
    dataset: {path: textures, classes: [banded, dotted], per-class: 3}
    noise:
      kind: [gaussian, blur]
      levels: &levels [0, 0.5, 1e0]
      seeds: [0, 3]
    angles: {rank: 2, null-draws: 20}
    topology:
      max-dimension: 1  # loops
      threshold: 1.5
    statistics: {replicates: 100, groups: {striped: [banded]}}
    """
}
