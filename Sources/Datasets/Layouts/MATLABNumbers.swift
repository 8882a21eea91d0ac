/// Numbers of a MATLAB file, kept as the bytes that they are stored in until they are looked at.
///
/// MATLAB stores numbers in the smallest type that holds them; as doubles they would take up to eight times
/// as much.
struct MATLABNumbers: Equatable, Sendable {
  private let bytes: ArraySlice<UInt8>
  private let kind: Kind
  private let isBigEndian: Bool

  private enum Kind: Int {
    case int8 = 1
    case uint8, int16, uint16, int32, uint32, float32
    case float64 = 9
    case int64 = 12
    case uint64

    /// Bytes a number.
    var size: Int {
      switch self {
      case .int8, .uint8: 1
      case .int16, .uint16: 2
      case .int32, .uint32, .float32: 4
      case .float64, .int64, .uint64: 8
      }
    }
  }

  /// What is wrong with stored numbers.
  struct Fault: Error {
    let problem: String
  }

  /// No numbers.
  static let none = MATLABNumbers(bytes: [], kind: .float64, isBigEndian: false)

  private init(bytes: ArraySlice<UInt8>, kind: Kind, isBigEndian: Bool) {
    self.bytes = bytes
    self.kind = kind
    self.isBigEndian = isBigEndian
  }

  /// The numbers of an element.
  ///
  /// - Parameters:
  ///   - bytes: Its content.
  ///   - type: Its type, by the format's number.
  ///   - isBigEndian: The order of the bytes.
  /// - Throws: `Fault` for a type that is none of numbers, and for bytes that are no whole numbers of
  ///   such.
  init(_ bytes: ArraySlice<UInt8>, type: Int, isBigEndian: Bool) throws(Fault) {
    guard let kind = Kind(rawValue: type) else {
      throw Fault(problem: "before it stand numbers of the unknown type \(type)")
    }
    guard bytes.count.isMultiple(of: kind.size) else {
      throw Fault(
        problem: "before it \(bytes.count) bytes hold numbers of \(kind.size) bytes each")
    }
    self.init(bytes: bytes, kind: kind, isBigEndian: isBigEndian)
  }

  /// How many they are.
  var count: Int { bytes.count / kind.size }

  /// The number at a place from 0; integers beyond 2⁵³ are rounded.
  subscript(index: Int) -> Double {
    let start = bytes.startIndex + index * kind.size
    let stored = bytes[start..<start + kind.size]
    let word =
      isBigEndian
      ? stored.reduce(0) { $0 << 8 | UInt64($1) }
      : stored.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    return switch kind {
    case .int8: Double(Int8(truncatingIfNeeded: word))
    case .int16: Double(Int16(truncatingIfNeeded: word))
    case .int32: Double(Int32(truncatingIfNeeded: word))
    case .int64: Double(Int64(bitPattern: word))
    case .uint8, .uint16, .uint32, .uint64: Double(word)
    case .float32: Double(Float(bitPattern: UInt32(truncatingIfNeeded: word)))
    case .float64: Double(bitPattern: word)
    }
  }

  /// All of them.
  var values: [Double] { (0..<count).map { self[$0] } }

  /// Whether the numbers are the same, however they are stored.
  static func == (a: MATLABNumbers, b: MATLABNumbers) -> Bool { a.values == b.values }
}
