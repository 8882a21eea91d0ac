import Files
import Foundation
import Pages
import Runs
import Version

/// What a page says of a manifest, and the whole of it to show.
struct ManifestSection {
  private let manifest: any ManifestFile
  /// Names with values that a manifest of its kind has beside what all have.
  private let identity: [(name: String, value: String)]
  private let seeds: [UInt64]
  private let path: String

  /// Of a run's manifest, at a path.
  init(_ manifest: Manifest, path: String) {
    self.manifest = manifest
    self.path = path
    seeds = manifest.noiseSeeds
    identity = [
      ("model", manifest.model?.name), ("model's digest", manifest.model?.digest),
      ("data", manifest.data?.source), ("data's digest", manifest.data?.digest),
    ].compactMap { name, value in value.flatMap { $0.isEmpty ? nil : (name, $0) } }
  }

  /// Of a training's manifest, at a path.
  init(_ manifest: TrainingManifest, path: String) {
    self.manifest = manifest
    self.path = path
    seeds = []
    identity = [("data's digest", manifest.data.digest)].filter { !$0.1.isEmpty }
  }

  /// Of the manifest of scores, at a path.
  init(_ manifest: ScoreManifest, path: String) {
    self.manifest = manifest
    self.path = path
    seeds = []
    identity = [
      ("model", manifest.model?.name), ("model's digest", manifest.model?.digest),
      ("pairs", manifest.input), ("their digest", manifest.inputDigest),
      ("scores", manifest.output),
    ].compactMap { name, value in value.flatMap { $0.isEmpty ? nil : (name, $0) } }
  }

  /// The manifest, folded, with its settings as a table.
  ///
  /// - Returns: Its markup.
  /// - Throws: `FileError` when the file cannot be read.
  func html() throws -> HTML {
    var rows: [(String, String)] = []
    if let program = manifest.program { rows.append(("program", program.description)) }
    rows += identity.map { ($0.name, $0.value) }
    if let finished = manifest.finishedAt {
      rows.append(("finished", finished.formatted(.iso8601)))
    }
    if !seeds.isEmpty {
      rows.append(("noise seeds", seeds.map { "\($0)" }.joined(separator: ", ")))
    }
    rows += manifest.seeds.map { ("seed: \($0.name)", $0.value) }
    if let host = manifest.host {
      rows.append(("machine", [host.processor, host.system].joined(separator: ", ")))
    }
    let lines = rows.map { name, value -> HTML in
      "<tr><th scope=\"row\">\(name)</th><td>\(value)</td></tr>"
    }
    return """
      <div class="table-box" tabindex="0" role="region" aria-label="Versions and seeds">\
      <table class="plain"><tbody>
      \(lines.joined(separator: "\n"))
      </tbody></table></div>
      <details id="manifest" class="screen"><summary>The whole \(type(of: manifest).fileName)</summary>
      <pre tabindex="0">\(try FileContents.readText(path))</pre></details>

      """
  }
}

extension ManifestFile {
  /// The experiment's or the plan's name.
  var name: String? { configuration["name"].flatMap { $0.isEmpty ? nil : $0 } }

  /// The seeds of everything random, by setting.
  var seeds: [(name: String, value: String)] {
    configuration.filter {
      ($0.key == "seed" || $0.key.hasSuffix("-seed") || $0.key.hasSuffix(".seed"))
        && !$0.value.isEmpty
    }
    .sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
  }
}

extension Manifest {
  /// Whether the model is the one in the program.
  var isBuiltInModel: Bool { model?.name == "builtin" }
  /// Whether the images were drawn by the program.
  var isGenerated: Bool { data?.source.hasPrefix("textures (generated") == true }
}
