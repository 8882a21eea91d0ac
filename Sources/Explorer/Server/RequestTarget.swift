/// What a request asks for: the parts of its path and its parameters, each decoded once.
///
/// Nothing of it ever becomes a path of a file: routes are compared part by part, and rows, ids and names are looked up.
struct RequestTarget: Sendable, Equatable {
  /// The parts of the path after its first slash, decoded: a part may hold slashes of its own.
  let parts: [String]
  /// The parameters, decoded.
  let parameters: [String: String]

  /// Reads the target of a request line.
  ///
  /// - Throws: `Refusal` (400) for what is no path, is not printable ASCII, is wrongly encoded, is no UTF-8 or has a
  ///   NUL once decoded, for parts that are `.` or `..`, and for a parameter that is there twice.
  /// - Complexity: O(bytes).
  init(_ target: String) throws {
    let bytes = Array(target.utf8)
    guard bytes.first == UInt8(ascii: "/"), bytes.allSatisfy({ (0x21...0x7E).contains($0) }),
      !bytes.contains(UInt8(ascii: "#"))
    else {
      throw Refusal.malformed(
        "the address must be a path in printable ASCII, the rest of it encoded")
    }
    let end = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.count
    parts = try bytes[1..<end].split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { part in
        let text = try Self.decoded(part, plusIsSpace: false)
        guard text != ".", text != ".." else {
          throw Refusal.malformed("the address has a part that is . or ..")
        }
        return text
      }
    var parameters: [String: String] = [:]
    for pair in bytes[end...].dropFirst().split(separator: UInt8(ascii: "&")) {
      let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      let key = try Self.decoded(pair[..<equals], plusIsSpace: true)
      let value = try Self.decoded(pair[equals...].dropFirst(), plusIsSpace: true)
      guard parameters.updateValue(value, forKey: key) == nil else {
        throw Refusal.malformed("the parameter \"\(key.prefix(80))\" is there twice")
      }
    }
    self.parameters = parameters
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool) throws -> String {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var rest = bytes
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
        else {
          throw Refusal.malformed("the address has a % without two hexadecimal digits behind it")
        }
        decoded.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: decoded.append(UInt8(ascii: " "))
      default: decoded.append(byte)
      }
    }
    guard !decoded.contains(0), let text = String(validating: decoded, as: UTF8.self) else {
      throw Refusal.malformed("the address is not UTF-8 text, or has a NUL in it, once decoded")
    }
    return text
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
  }
}
