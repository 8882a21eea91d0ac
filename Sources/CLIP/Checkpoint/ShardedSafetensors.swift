import Files
import Foundation

/// A checkpoint cut into several safetensors files, joined by its index.
struct ShardedSafetensors: WeightSource {
  static let indexName = "model.safetensors.index.json"

  let file: String
  private let shards: [String: Safetensors]
  private let shardOfTensor: [String: String]

  /// Opens every shard that `model.safetensors.index.json` names; shards stand beside the index.
  ///
  /// - Throws: `FileError` when the index is malformed, names a path outside its folder, or places
  ///   a tensor in a shard that does not hold it.
  init(_ files: ModelFiles) throws {
    let indexPath = files.path(Self.indexName)
    let words = "a safetensors index, {\"weight_map\": {name: file}}"
    let index = try JSONValue(files.read(Self.indexName), file: indexPath, expecting: words)
    let members = index["weight_map"]?.members
    guard let weightMap = members?.compactMapValues(\.text), weightMap.count == members?.count
    else { throw FileError(indexPath, "is not \(words)") }
    var shards: [String: Safetensors] = [:]
    for name in Set(weightMap.values).sorted() {
      guard !name.hasSlash else {
        throw FileError(indexPath, "names the shard \(name); shards stand beside their index")
      }
      shards[name] = try Safetensors(data: files.read(name), file: files.path(name))
    }
    for (tensor, shard) in weightMap.sorted(by: { $0.key < $1.key })
    where shards[shard]?.entries[tensor] == nil {
      throw FileError(indexPath, "places tensor \(tensor) in \(shard), which does not hold it")
    }
    file = indexPath
    self.shards = shards
    shardOfTensor = weightMap
  }

  /// The names of all shards, in order.
  var names: [String] { shards.keys.sorted() }

  var tensorNames: [String] { shardOfTensor.keys.sorted() }

  func shape(_ name: String) -> [Int]? { shard(name)?.entries[name]?.shape }

  func floats(_ name: String) throws -> [Float] {
    guard let shard = shard(name) else { throw FileError(file, "has no tensor \(name)") }
    return try shard.floats(name)
  }

  private func shard(_ tensor: String) -> Safetensors? {
    shardOfTensor[tensor].flatMap { shards[$0] }
  }
}
