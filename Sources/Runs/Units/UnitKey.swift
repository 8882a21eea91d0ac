package import Files
import LinearAlgebra

/// What decides the result of a unit of work: the analysis and its version, the unit's name, the settings that it
/// reads, the digests of all else that it reads, and the kernels that compute it.
package struct UnitKey: Sendable {
  /// The layout of keys and files; counted up when either changes.
  static let version = 2

  /// The analysis, its version and the unit, for people: `topology 1: clouds gaussian-0.5-s0`.
  package let name: String
  /// SHA-256 over all of it.
  package let digest: Digest
  /// Digests of what it reads, the keys of other units among them.
  package let reads: [Digest]

  /// The key of a unit.
  ///
  /// - Parameters:
  ///   - analysis: The analysis.
  ///   - version: What changes a result's bits, in the analysis or in what it calls, is counted here.
  ///   - name: The unit among those of the analysis.
  ///   - settings: The settings that it reads, by key.
  ///   - reads: Digests of embeddings and samples, and of the keys of other units.
  package init(
    analysis: String, version: Int, name: String, settings: [(key: String, value: String)],
    reads: [Digest]
  ) {
    self.init(
      analysis: analysis, version: version, name: name, settings: settings, reads: reads,
      kernels: Kernels.description)
  }

  /// The key of a unit that other kernels compute, on another machine perhaps.
  init(
    analysis: String, version: Int, name: String, settings: [(key: String, value: String)],
    reads: [Digest], kernels: String
  ) {
    self.name = "\(analysis) \(version): \(name)"
    self.reads = reads
    var text = "topoclip unit \(Self.version)\n\(self.name)\nkernels \(kernels)\n"
    for (key, value) in settings { text += "setting \(key)=\(value)\n" }
    for digest in reads { text += "reads \(digest)\n" }
    digest = Digest(of: text)
  }
}
