import Files
import Foundation

/// What a page says of a `manifest.json`, and the whole of it to show.
struct RunManifest {
  private let object: [String: Any]

  /// The manifest of a run or, as `training.json`, of a training; nil when there is none.
  ///
  /// - Throws: `FileError` when it is no JSON object.
  init?(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard
      let object = try? JSONSerialization.jsonObject(with: FileContents.read(path))
        as? [String: Any]
    else { throw FileError(path, "is no manifest: expected a JSON object") }
    self.object = object
  }

  private func text(_ keys: String...) -> String? {
    var value: Any? = object
    for key in keys { value = (value as? [String: Any])?[key] }
    switch value {
    case let text as String: return text.isEmpty ? nil : text
    case let number as NSNumber: return "\(number)"
    default: return nil
    }
  }

  /// The settings by key.
  var configuration: [String: String] { object["configuration"] as? [String: String] ?? [:] }

  /// The experiment's name.
  var name: String? { configuration["name"] }

  /// `0.1.0 (commit …)`.
  var program: String? {
    text("program", "version").map { version in
      text("program", "commit").map { "\(version) (commit \($0))" } ?? version
    }
  }

  /// The model's name.
  var model: String? { text("model", "name") }
  /// The digest of the model.
  var modelDigest: String? { text("model", "digest") }
  /// The data set's name.
  var source: String? { text("data", "source") }
  /// The digest over all images.
  var dataDigest: String? { text("data", "digest") }
  /// When the run ended, ISO 8601.
  var finishedAt: String? { text("finished_at") }

  /// The seeds of the noise.
  var noiseSeeds: [String] {
    (object["noise_seeds"] as? [Any])?.map { "\($0)" } ?? []
  }

  /// Whether the model is the one in the program.
  var isBuiltInModel: Bool { model == "builtin" }
  /// Whether the images were drawn by the program.
  var isGenerated: Bool { source?.hasPrefix("textures (generated") == true }

  /// The seeds of everything random, by setting.
  var seeds: [(name: String, value: String)] {
    configuration.filter {
      ($0.key == "seed" || $0.key.hasSuffix("-seed") || $0.key.hasSuffix(".seed"))
        && !$0.value.isEmpty
    }
    .sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
  }

  /// All of it as JSON for a person.
  func json() throws -> String {
    let data = try JSONSerialization.data(
      withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self)
  }

  /// The manifest, folded, with its settings as a table.
  ///
  /// - Parameter file: The file's name.
  /// - Returns: HTML.
  /// - Throws: What JSON writing throws.
  func html(file: String) throws -> String {
    var rows: [(String, String)] = [
      ("program", program), ("model", model), ("model's digest", modelDigest), ("data", source),
      ("data's digest", dataDigest), ("finished", finishedAt),
    ].compactMap { name, value in value.map { (name, $0) } }
    if !noiseSeeds.isEmpty { rows.append(("noise seeds", noiseSeeds.joined(separator: ", "))) }
    rows += seeds.map { ("seed: \($0.name)", $0.value) }
    if let host = object["host"] as? [String: Any] {
      let machine = ["processor", "system"].compactMap { host[$0] as? String }
      if !machine.isEmpty { rows.append(("machine", machine.joined(separator: ", "))) }
    }
    let lines = rows.map { name, value in
      "<tr><th scope=\"row\">\(HTML.escaped(name))</th><td>\(HTML.escaped(value))</td></tr>"
    }
    return """
      <div class="table-box" tabindex="0" role="region" aria-label="Versions and seeds">\
      <table class="plain"><tbody>
      \(lines.joined(separator: "\n"))
      </tbody></table></div>
      <details id="manifest"><summary>The whole \(HTML.escaped(file))</summary>
      <pre tabindex="0">\(HTML.escaped(try json()))</pre></details>

      """
  }
}
