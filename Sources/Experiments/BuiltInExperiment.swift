extension Experiment {
  /// The experiment of a sweep that is told neither experiment, data set, model nor embeddings, in YAML.
  ///
  /// It needs nothing but the program. `experiments/builtin.yaml` is the same.
  package static let builtIn = """
    # The first run: how Gaussian noise bends the built-in model's space on procedural textures.
    # Needs no download. `topoclip sweep` without arguments runs it from any folder.
    name: builtin
    model: builtin
    dataset:
      path: textures
      split: test
      per-class: 20
      texture-size: 96
      texture-seed: 0
    noise:
      levels: [0, 0.5, 1, 2]
      seeds: [0]

    """

  /// Where its values come from, for messages.
  static let builtInPlace = "the built-in experiment"
}
