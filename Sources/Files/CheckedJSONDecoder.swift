package import Foundation

/// Foundation's decoder of JSON, for texts from outside.
///
/// Foundation refuses arrays that lie more than 512 deep in each other, and where the text ends with the bracket that
/// is one too many it looks for the place of the fault behind the end, which ends the process. No JSON ends with that
/// bracket. A text in UTF-16 or UTF-32, in which the bracket has zeros beside it, is no JSON either (RFC 8259, section
/// 8.1).
package final class CheckedJSONDecoder: JSONDecoder, @unchecked Sendable {
  /// Decodes a value.
  ///
  /// - Parameters:
  ///   - type: What is in the text.
  ///   - data: JSON in UTF-8.
  /// - Returns: The value.
  /// - Throws: `DecodingError` for another text.
  /// - Complexity: O(bytes).
  package override func decode<Value: Decodable>(
    _ type: Value.Type, from data: Data
  ) throws -> Value {
    let problem: String? =
      if let zero = data.firstIndex(of: 0) {
        "byte \(data.distance(from: data.startIndex, to: zero)) is zero; expected UTF-8 text"
      } else if data.last == UInt8(ascii: "[") {
        "the text ends where an array begins"
      } else {
        nil
      }
    if let problem {
      throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: problem))
    }
    return try super.decode(type, from: data)
  }
}
