import Foundation
import Testing

@testable import Files

struct SafetensorsTests {
  /// A file of the given header, behind its true length.
  private static func file(_ header: String, _ body: [UInt8] = []) -> Data {
    file(claiming: UInt64(header.utf8.count), header, body)
  }

  private static func file(claiming length: UInt64, _ header: String, _ body: [UInt8]) -> Data {
    Data((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + header.utf8 + body)
  }

  private static func tensor(_ type: String, _ bytes: [UInt8]) throws -> Safetensors {
    let size = ["F64": 8, "F32": 4][type] ?? 2
    return try Safetensors(
      data: file(
        """
        {"t": {"dtype": "\(type)", "shape": [\(bytes.count / size)], \
        "data_offsets": [0, \(bytes.count)]}}
        """, bytes), file: "x.safetensors")
  }

  @Test func `a file by hand`() throws {
    let body: [UInt8] = [0, 0, 0x80, 0x3F, 0, 0, 0x20, 0xC0, 5, 6, 7]
    let read = try Safetensors(
      data: Self.file(
        """
        {"__metadata__": {"format": "pt"},
         "bytes": {"dtype": "U8", "shape": [3, 1], "data_offsets": [8, 11]},
         "a.weight": {"dtype": "F32", "shape": [1, 2], "data_offsets": [0, 8]},
         "empty": {"dtype": "F16", "shape": [0, 9], "data_offsets": [8, 8]}}
        """, body), file: "x.safetensors")
    #expect(read.entries.keys.sorted() == ["a.weight", "bytes", "empty"])
    #expect(read.entries["a.weight"]?.shape == [1, 2])
    #expect(read.entries["bytes"]?.type == "U8")
    #expect(read.entries["bytes"]?.count == 3)
    #expect(try read.floats("a.weight") == [1, -2.5])
    #expect(try read.doubles("a.weight") == [1, -2.5])
    #expect(try read.floats("empty") == [])
    #expect(throws: FileError.self) { try read.floats("bytes") }
    let error = #expect(throws: FileError.self) { try read.floats("b") }
    #expect(
      error?.description == "x.safetensors: has no tensor b; it has a.weight, bytes, empty")
  }

  @Test func `a scalar, a file without tensors and a slice of a buffer`() throws {
    let scalar = Self.file(
      #"{"s": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]}}   "#, [0, 0, 0, 0x40])
    #expect(try Safetensors(data: scalar, file: "x").floats("s") == [2])
    #expect(try Safetensors(data: Self.file("{}"), file: "x").entries.isEmpty)
    let slice = (Data([1, 2, 3]) + scalar).dropFirst(3)
    #expect(try Safetensors(data: slice, file: "x").floats("s") == [2])
  }

  @Test func `values of every float type`() throws {
    #expect(try Self.tensor("F16", [0x01, 0x00, 0x00, 0x3C]).floats("t") == [0x1p-24, 1])
    #expect(try Self.tensor("BF16", [0x01, 0x00, 0x80, 0x3F]).floats("t") == [0x1p-133, 1])
    #expect(try Self.tensor("F32", [1, 0, 0, 0]).floats("t") == [.leastNonzeroMagnitude])
    let tenth: [UInt8] = [0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0x3F]
    #expect(try Self.tensor("F64", tenth).floats("t") == [0.1])
    #expect(try Self.tensor("F64", tenth).doubles("t") == [0.1])
  }

  @Test func `a number that is not finite is named with its tensor and element`() throws {
    for (type, bytes) in [
      ("F32", [0, 0, 0, 0, 0, 0, 0x80, 0x7F]), ("F16", [0, 0, 1, 0x7C]),
      ("BF16", [0, 0, 0x80, 0xFF]),
      ("F64", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xF8, 0x7F]),
    ] as [(String, [UInt8])] {
      let file = try Self.tensor(type, bytes)
      for read in [{ _ = try file.floats("t") }, { _ = try file.doubles("t") }] {
        let error = #expect(throws: FileError.self, performing: read)
        #expect(error?.file == "x.safetensors")
        #expect(error?.problem.hasPrefix("tensor t holds ") == true, "\(type)")
        #expect(error?.problem.contains("at element 1") == true, "\(type)")
      }
    }
    // 2^1000 is finite, but not as float32.
    let large = try Self.tensor("F64", [0, 0, 0, 0, 0, 0, 0x70, 0x7E])
    #expect(try large.doubles("t") == [0x1p1000])
    #expect(throws: FileError.self) { try large.floats("t") }
  }

  private static func entry(_ text: String) -> String { #"{"t": {\#(text)}}"# }

  /// A header, its four bytes of data, and words of the error.
  private static let lies: [(header: String, words: String)] = [
    ("", "not a JSON object"), ("{", "not a JSON object"), ("nonsense", "not a JSON object"),
    ("{\"t\"", "(its bytes counted from 0): byte 4: expected ':'"), ("[]", "not a JSON object"),
    ("3", "not a JSON object"),
    ("null", "not a JSON object"), (" {}", "not a JSON object"), ("{} {}", "not a JSON object"),
    (#"{"t": 3}"#, "tensor t lacks"), (#"{"t": {}}"#, "tensor t lacks"),
    (entry(#""shape": [1], "data_offsets": [0, 4]"#), "tensor t lacks"),
    (entry(#""dtype": "F32", "data_offsets": [0, 4]"#), "tensor t lacks"),
    (entry(#""dtype": "F32", "shape": [1]"#), "tensor t lacks"),
    (entry(#""dtype": 5, "shape": [1], "data_offsets": [0, 4]"#), "tensor t lacks"),
    (entry(#""dtype": "F32", "shape": 1, "data_offsets": [0, 4]"#), "tensor t lacks"),
    (entry(#""dtype": "F32", "shape": ["1"], "data_offsets": [0, 4]"#), "tensor t lacks"),
    (entry(#""dtype": "F32", "shape": [1.5], "data_offsets": [0, 4]"#), "tensor t lacks"),
    (entry(#""dtype": "F32", "shape": [true], "data_offsets": [0, 4]"#), "tensor t lacks"),
    (entry(#""dtype": "F32", "shape": [null], "data_offsets": [0, 4]"#), "tensor t lacks"),
    (entry(#""dtype": "F32", "shape": [1], "data_offsets": [0]"#), "tensor t lacks"),
    (entry(#""dtype": "F32", "shape": [1], "data_offsets": [0, 2, 4]"#), "tensor t lacks"),
    (entry(#""dtype": "F32", "shape": [1], "data_offsets": [false, 4]"#), "tensor t lacks"),
    (
      entry(#""dtype": "F32", "shape": [1], "data_offsets": [0, 99999999999999999999]"#),
      "tensor t lacks"
    ),
    (entry(#""dtype": "F99", "shape": [1], "data_offsets": [0, 4]"#), "unknown element type F99"),
    (entry(#""dtype": "F32", "shape": [-1], "data_offsets": [0, 4]"#), "shape [-1]"),
    (entry(#""dtype": "F32", "shape": [-1, -1], "data_offsets": [0, 4]"#), "shape [-1, -1]"),
    (
      entry(#""dtype": "F32", "shape": [4294967296, 4294967296], "data_offsets": [0, 4]"#), "shape"
    ),
    (
      entry(#""dtype": "F32", "shape": [9223372036854775807], "data_offsets": [0, 4]"#), "shape"
    ),
    (
      entry(#""dtype": "F32", "shape": [4611686018427387905], "data_offsets": [0, 4]"#), "shape"
    ),
    (entry(#""dtype": "F32", "shape": [2], "data_offsets": [0, 4]"#), "needs 8 bytes and has 4"),
    (entry(#""dtype": "F16", "shape": [1], "data_offsets": [0, 4]"#), "needs 2 bytes and has 4"),
    (entry(#""dtype": "F32", "shape": [2], "data_offsets": [0, 8]"#), "claims bytes 0 to 8 of 4"),
    (entry(#""dtype": "F32", "shape": [1], "data_offsets": [-4, 0]"#), "claims bytes -4 to 0"),
    (entry(#""dtype": "F32", "shape": [1], "data_offsets": [4, 0]"#), "claims bytes 4 to 0"),
    (
      entry(
        #""dtype": "U8", "shape": [1], "data_offsets": [9223372036854775806, 9223372036854775807]"#),
      "claims bytes 9223372036854775806"
    ),
    (entry(#""dtype": "U8", "shape": [3], "data_offsets": [0, 3]"#), "end at byte 3 of 4"),
    (entry(#""dtype": "U8", "shape": [3], "data_offsets": [1, 4]"#), "leaves a gap"),
    ("{}", "end at byte 0 of 4"), (#"{"__metadata__": {}}"#, "end at byte 0 of 4"),
    (
      #"{"a": {"dtype": "U8", "shape": [3], "data_offsets": [0, 3]}, "#
        + #""b": {"dtype": "U8", "shape": [2], "data_offsets": [2, 4]}}"#,
      "tensor b starts at byte 2 and overlaps"
    ),
    (
      #"{"a": {"dtype": "U8", "shape": [1], "data_offsets": [0, 1]}, "#
        + #""b": {"dtype": "U8", "shape": [2], "data_offsets": [2, 4]}}"#,
      "tensor b starts at byte 2 and leaves a gap"
    ),
    (
      #"{"t": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}, "#
        + #""t": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}"#,
      "the key \"t\" twice"
    ),
    (
      #"{"t": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}, "#
        + #""\u0074": {"dtype": "I32", "shape": [1], "data_offsets": [0, 4]}}"#,
      "the key \"t\" twice"
    ),
    (
      entry(#""dtype": "F32", "dtype": "I32", "shape": [1], "data_offsets": [0, 4]"#),
      "the key \"dtype\" twice"
    ),
  ]

  @Test(arguments: lies)
  func `a header that lies is refused`(header: String, words: String) {
    let error = #expect(throws: FileError.self) {
      try Safetensors(data: Self.file(header, [1, 2, 3, 4]), file: "some/x.safetensors")
    }
    #expect(error?.file == "some/x.safetensors")
    #expect(error?.problem.contains(words) == true, "\(error?.problem ?? "")")
  }

  @Test func `a length that cannot be is refused without memory for it`() {
    for length in [3, 4, 1_000, 100_000_000, 100_000_001, 1 << 62, 1 << 63, .max] as [UInt64] {
      let error = #expect(throws: FileError.self) {
        try Safetensors(data: Self.file(claiming: length, "{}", []), file: "x")
      }
      #expect(error?.problem.contains("claim a header of \(length) bytes") == true)
    }
    for count in 0..<8 {
      let error = #expect(throws: FileError.self) {
        try Safetensors(data: Data(repeating: 0, count: count), file: "x")
      }
      #expect(error?.problem.contains("has \(count) bytes") == true)
    }
  }

  @Test func `a file cut at any byte is refused`() {
    let whole = Self.file(
      #"{"a": {"dtype": "U8", "shape": [2], "data_offsets": [0, 2]}}"#, [1, 2])
    for count in 0..<whole.count {
      #expect(throws: FileError.self) {
        try Safetensors(data: whole.prefix(count), file: "x")
      }
    }
    #expect(throws: FileError.self) { try Safetensors(data: whole + [0], file: "x") }
  }

  @Test func `deep nesting is refused`() {
    for opening in ["[", #"{"a":"#] {
      for depth in [600, 200_000] {
        let header = #"{"t": "# + String(repeating: opening, count: depth)
        #expect(throws: FileError.self) { try Safetensors(data: Self.file(header), file: "x") }
        let closed =
          opening == "["
          ? header + String(repeating: "]", count: depth)
          : header + "1" + String(repeating: "}", count: depth)
        #expect(throws: FileError.self) {
          try Safetensors(data: Self.file(closed + "}"), file: "x")
        }
      }
    }
  }

  @Test func `a header in UTF-16 is refused`() {
    let text = #"{"t":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#
    let wide = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let length = [UInt8(wide.count), 0, 0, 0, 0, 0, 0, 0]
    #expect(throws: FileError.self) { try Safetensors(data: Data(length + wide), file: "x") }
  }

  @Test func `a file that is not there is an error with its name`() {
    let error = #expect(throws: FileError.self) { try Safetensors(path: "/nowhere/x.safetensors") }
    #expect(error?.description == "/nowhere/x.safetensors: no such file")
  }
}
