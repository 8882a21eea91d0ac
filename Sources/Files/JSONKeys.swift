public import Foundation

/// What Foundation's parser does not tell of a JSON text: it keeps one of two equal keys in silence.
public enum JSONKeys {
  /// The first key that an object of `json` has twice.
  ///
  /// - Parameter json: The UTF-8 bytes of a text that `JSONSerialization` has accepted.
  /// - Returns: The key, with its escapes read; nil when there is none.
  public static func firstRepeated(in json: Data) -> String? {
    let bytes = Array(json)
    var open: [Set<String>] = []  // the keys so far of every object or array around the position
    var position = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): open.append([])
      case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = open.popLast()
      case UInt8(ascii: "\""):
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
          position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        let end = min(position, bytes.count - 1)
        let next = bytes[(end + 1)...].first { !" \t\r\n".utf8.contains($0) }
        // Only a key has a colon behind it.
        guard next == UInt8(ascii: ":"), let object = open.indices.last else { break }
        let key = text(bytes[start...end])
        guard open[object].insert(key).inserted else { return key }
      default: break
      }
      position += 1
    }
    return nil
  }

  /// A string's value: escapes differ in spelling and not in what they say.
  private static func text(_ quoted: ArraySlice<UInt8>) -> String {
    let spelled = String(decoding: quoted.dropFirst().dropLast(), as: UTF8.self)
    guard spelled.utf8.contains(UInt8(ascii: "\\")) else { return spelled }
    let value = try? JSONSerialization.jsonObject(with: Data(quoted), options: .fragmentsAllowed)
    return value as? String ?? spelled
  }
}
