import Runs

/// What `topoclip signwriting figures` compares models on.
package struct SignFiguresSettings: Sendable {
  /// The three forms of "hello" whose neighbours are listed by default.
  package static let hello = [
    "M533x518S2ff00482x483S15a11510x487S26500508x469",
    "M528x557S14c21473x531S2890a499x527S30a00482x482S33e00482x482",
    "M520x520S14c20480x484S27106505x480",
  ]
  /// The most models and signs to list neighbours of: each is a line of the figure.
  package static let mostModels = 6
  package static let mostQueries = 40

  /// The table of signs, and its columns of signs and of what they mean.
  package var table: String
  package var signColumn = "sign_writing"
  package var textColumn = "texts"
  /// Folders of models, or `builtin`.
  package var models: [String]
  /// The folder of the fonts.
  package var fonts: String
  /// How signs are drawn, on a canvas.
  package var rendering: RenderingSettings
  /// The folder to write.
  package var output: String
  /// How many distinct signs to draw from the table.
  package var sample = 400
  /// The seed that draws them.
  package var seed: UInt64 = 0
  /// The signs whose neighbours are listed.
  package var queries = SignFiguresSettings.hello
  /// How many neighbours.
  package var neighborCount = 10

  package init(
    table: String, models: [String], fonts: String, rendering: RenderingSettings, output: String
  ) {
    self.rendering = rendering
    self.table = table
    self.models = models
    self.fonts = fonts
    self.output = output
  }

  /// Checks what options must be.
  ///
  /// - Throws: `OptionError`.
  func validate() throws {
    try require(!output.isEmpty, "--output: expected a path, found none")
    try require(
      (1...Self.mostModels).contains(models.count) && models.allSatisfy { !$0.isEmpty },
      "--model: expected one to \(Self.mostModels) models, separated by commas")
    try require(
      Set(models).count == models.count, "--model names a model twice; name each once")
    try require(
      (1...Self.mostQueries).contains(queries.count),
      "--signs: expected one to \(Self.mostQueries) signs, separated by commas")
    try rendering.validate()
    try require(rendering.canvas != nil, "signs are drawn on a canvas: give --canvas 224")
    try requireCount("--sample", sample, in: 3...100_000)
    try requireCount("--neighbors", neighborCount, in: 1...50)
  }

  /// Names of the models, all different: of a folder its own name, of one called `model`, as `topoclip train` makes
  /// it, the name of the folder that it is in.
  var modelNames: [String] {
    var taken: Set<String> = []
    return models.map { model in
      var parts = model.split(separator: "/").map(String.init).filter { $0 != "." && $0 != ".." }
      if parts.count > 1, parts.last == "model" { parts.removeLast() }
      let stem = parts.last ?? "model"
      var name = stem
      var number = 2
      while !taken.insert(name).inserted {
        name = "\(stem)-\(number)"
        number += 1
      }
      return name
    }
  }
}
