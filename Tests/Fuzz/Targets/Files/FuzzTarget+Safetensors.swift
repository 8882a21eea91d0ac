import Files
import Foundation

extension FuzzTarget {
  /// Tensors behind a JSON header: what is read tiles the data, is finite, and is the same when written and read again.
  static let safetensors = FuzzTarget(
    "safetensors",
    seeds: {
      [
        file(#"{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}"#, 16),
        file(
          #"{"__metadata__":{"k":"v"},"a":{"dtype":"F16","shape":[3],"data_offsets":[0,6]},"b":{"dtype":"F64","shape":[1],"data_offsets":[6,14]}}"#,
          14),
        file(
          #"{"a":{"dtype":"BF16","shape":[],"data_offsets":[0,2]},"i":{"dtype":"I64","shape":[1,1],"data_offsets":[2,10]},"e":{"dtype":"F32","shape":[0,4],"data_offsets":[2,2]}}"#,
          10),
        file("{}", 0),
      ]
    },
    run: { data in
      let read = try Safetensors(data: data, file: "x.safetensors")
      var numbers: [String: [Float]] = [:]
      for (name, entry) in read.entries {
        promise(entry.shape.allSatisfy { $0 >= 0 }, "an extent is negative")
        promise(entry.count <= data.count, "\(entry.count) elements in \(data.count) bytes")
        guard let values = try? read.floats(name) else { continue }
        promise(values.count == entry.count, "\(values.count) of \(entry.count) elements")
        promise(values.allSatisfy(\.isFinite), "an element is not finite")
        numbers[name] = values
      }
      guard !numbers.isEmpty else { return }
      try ScratchFolder.lend("safetensors") { folder in
        let path = folder.path + "/again.safetensors"
        try Safetensors.write(
          numbers.keys.reduce(into: [:]) { $0[$1] = read.entries[$1]?.shape },
          metadata: read.metadata, to: path
        ) { numbers[$0] ?? [] }
        let again = try Safetensors(path: path)
        promise(again.metadata == read.metadata, "the texts are others")
        promise(again.entries.count == numbers.count, "the tensors are others")
        for (name, values) in numbers {
          promise(try again.floats(name).map(\.bitPattern) == values.map(\.bitPattern), name)
        }
      }
    })

  private static func file(_ header: String, _ count: Int) -> Data {
    var length = UInt64(header.utf8.count).littleEndian
    let start = unsafe withUnsafeBytes(of: &length) { unsafe Data($0) }
    return start + Data(header.utf8) + Data((0..<count).map { UInt8($0 % 7) })
  }
}
