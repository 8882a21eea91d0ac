package import CLIP
import Files
import Runs

extension CLIPModel {
  /// Opens what `--model` names, and tells which tensors of its files nothing reads.
  ///
  /// - Parameters:
  ///   - name: A folder, `builtin`, or `random:` and an architecture.
  ///   - seed: The seed of random weights.
  ///   - isQuiet: Whether to say nothing on standard error.
  /// - Returns: The model.
  /// - Throws: `FileError` as `init(named:seed:)`.
  package static func opened(_ name: String, seed: UInt64, isQuiet: Bool) throws -> CLIPModel {
    let model = try CLIPModel(named: name, seed: seed)
    let unused = model.unusedTensors
    if !unused.isEmpty {
      announce(
        "warning: \(name): \(unused.count) tensors of its weights are not used, for its config.json has "
          + "no place for them: \(unused.prefix(5).joined(separator: ", "))"
          + (unused.count > 5 ? " and \(unused.count - 5) more" : ""), isQuiet: isQuiet)
    }
    return model
  }
}
