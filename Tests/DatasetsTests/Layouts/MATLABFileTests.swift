import Files
import Fixtures
import Foundation
import Testing

@testable import Datasets

struct MATLABFileTests {
  private let folder: TemporaryFolder
  private let hand = HandmadeMATLABFile()

  init() throws { folder = try TemporaryFolder() }

  private func read(_ data: Data) throws -> [String: MATLABValue] {
    try MATLABFile(path: folder.write(data, "x.mat")).variables
  }

  private func problem(_ data: Data) -> String {
    let error = #expect(throws: FileError.self) { try read(data) }
    #expect(error?.file.hasSuffix("/x.mat") == true)
    return error?.problem ?? ""
  }

  @Test(arguments: [false, true])
  func `every kind of value, in both byte orders`(isBigEndian: Bool) throws {
    let hand = HandmadeMATLABFile(isBigEndian: isBigEndian)
    let variables = [
      hand.numbers([1, -2.5, 1e300], name: "numbers"), hand.text("Añ€𝄞", name: "text"),
      hand.cells([hand.text("x"), hand.cells([]), hand.numbers([])], name: "cell"),
      hand.structure(["a": hand.numbers([7]), "long_name": hand.text("")], name: "s"),
    ]
    let expected: [String: MATLABValue] = [
      "numbers": .numbers(of: [1, -2.5, 1e300]), "text": .text("Añ€𝄞"),
      "cell": .cells([.text("x"), .cells([]), .numbers(of: [])]),
      "s": .structure(["a": .numbers(of: [7]), "long_name": .text("")]),
    ]
    #expect(try read(hand.file(variables)) == expected)
    #expect(try read(hand.file(variables.map(hand.compressed))) == expected)
    #expect(try read(hand.file([])) == [:])
  }

  @Test func `numbers are stored in the smallest type that holds them`() throws {
    for (type, bytes, values) in [
      (1, [0xFF, 2], [-1, 2]), (2, [0xFF, 2], [255, 2]), (3, [0xFE, 0xFF, 1, 0], [-2, 1]),
      (4, [0xFE, 0xFF, 1, 0], [65_534, 1]), (5, [0xFD, 0xFF, 0xFF, 0xFF], [-3]),
      (6, [0xFD, 0xFF, 0xFF, 0xFF], [4_294_967_293]), (7, [0, 0, 0x20, 0xC0], [-2.5]),
      (12, [0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [-4]),
      (13, [5, 0, 0, 0, 0, 0, 0, 0], [5]),
    ] as [(Int, [UInt8], [Double])] {
      let size = [1, values.count]
      #expect(
        try read(hand.file([hand.matrix(6, size: size, name: "v", hand.element(type, bytes))]))
          == ["v": .numbers(of: values)], "type \(type)")
      if bytes.count <= 4 {
        #expect(
          try read(hand.file([hand.matrix(8, size: size, name: "v", hand.small(type, bytes))]))
            == ["v": .numbers(of: values)], "type \(type)")
      }
    }
  }

  @Test func `text of eight bits is UTF-8`() throws {
    let text = hand.matrix(4, size: [1, 2], name: "t", hand.small(16, Array("é".utf8)))
    #expect(try read(hand.file([text])) == ["t": .text("é")])
    let broken = hand.matrix(4, size: [1, 1], name: "t", hand.small(16, [0xE9]))
    #expect(try read(hand.file([broken])) == ["t": .other])
  }

  @Test func `classes of no use here are passed over`() throws {
    let variables = [
      hand.matrix(5, size: [9, 9], name: "sparse", [1, 2, 3, 4, 5, 6, 7, 8]),
      hand.matrix(6, flags: 8, size: [1, 1], name: "complex", hand.numbers([1])),
      hand.matrix(16, size: [1, 1], name: "function", []),
      hand.structure(["a": hand.numbers([1])], name: "array", size: [1, 2]),
      hand.numbers([3], name: "last"),
    ]
    #expect(
      try read(hand.file(variables)) == [
        "sparse": .other, "complex": .other, "function": .other, "array": .other,
        "last": .numbers(of: [3]),
      ])
  }

  @Test func `a file of another kind is refused`() throws {
    #expect(problem(Data()).contains("is not a MATLAB version 5 file"))
    #expect(problem(Data(repeating: 0x20, count: 4_096)).contains("is not a MATLAB version 5 file"))
    var later = hand.file([])
    later[125] = 2  // version 7.3, which is HDF5
    #expect(problem(later).contains("is not a MATLAB version 5 file"))
    let error = #expect(throws: FileError.self) { try MATLABFile(path: folder.path + "/absent") }
    #expect(error?.problem == "no such file")
  }

  @Test func `a file cut at any byte is refused, but between variables`() throws {
    for variables in [hand.database(), hand.database().map(hand.compressed)] {
      let whole = hand.file(variables)
      let boundary = 128 + variables[0].count
      for count in 129..<whole.count where count != boundary {
        #expect(problem(whole.prefix(count)).contains("byte "), "\(count)")
      }
      #expect(try read(whole.prefix(boundary)).keys.sorted() == ["images"])
    }
  }

  @Test func `sizes that lie are refused without memory for them`() {
    for size in [
      [1, 2], [1, 1_000_000_000], [-1, -1], [65_536, 65_536, 65_536, 65_536], [0, 1],
    ] {
      let number = hand.element(9, [0, 0, 0, 0, 0, 0, 0, 0])
      #expect(problem(hand.file([hand.matrix(6, size: size, name: "v", number)])).contains("size"))
      if size != [0, 1] {
        #expect(
          !problem(hand.file([hand.matrix(1, size: size, name: "v", hand.text("x"))])).isEmpty)
      }
    }
    let large = hand.integer(14, size: 4) + hand.integer(0xFFFF_FFF8, size: 4)
    #expect(problem(hand.file([large])).contains("4294967288 bytes should follow, 0 do"))
    let tag = hand.integer(5 << 16 | 9, size: 4) + [0, 0, 0, 0]
    #expect(problem(hand.file([tag])).contains("a tag claims 5 bytes in 4"))
  }

  @Test func `structures that lie about their fields are refused`() {
    func structure(length: [UInt8], names: [UInt8]) -> Data {
      hand.file([
        hand.matrix(
          2, size: [1, 1], name: "s",
          hand.small(5, length) + hand.element(1, names) + hand.numbers([1]) + hand.numbers([2]))
      ])
    }
    #expect(problem(structure(length: [], names: [97])).contains("length of field names"))
    #expect(
      problem(structure(length: [0, 0, 0, 0], names: [97])).contains("length of field names"))
    #expect(
      problem(structure(length: [0xFF, 0xFF, 0xFF, 0xFF], names: [97])).contains("length of field"))
    #expect(
      problem(structure(length: [1, 0, 0, 0], names: [97, 97])).contains("two fields have one name")
    )
    #expect(problem(structure(length: [1, 0, 0, 0], names: [97, 98, 99])).contains("damaged"))
  }

  @Test func `values nested without end are refused`() {
    var value = hand.numbers([1])
    for _ in 0..<400 { value = hand.cells([value], name: "v") }
    #expect(problem(hand.file([value])).contains("nested too deep"))
  }

  @Test func `a compressed variable is refused by what it claims, before it is inflated`() throws {
    func file(claim: UInt64, zeros: Int) -> Data {
      let tag = hand.integer(14, size: 4) + hand.integer(claim, size: 4)
      let stream = ZlibStream.compressed(tag, zeros: zeros)
      return hand.file([
        hand.integer(15, size: 4) + hand.integer(UInt64(stream.count), size: 4) + stream
      ])
    }
    let limit = "at most 67108864 are inflated of a file"
    // Nothing is there to be inflated, or far too much.
    for zeros in [0, 1 << 28] {
      for claim in [0x400_0008, 1 << 28, 0xFFFF_FFF8] as [UInt64] {
        let text = problem(file(claim: claim, zeros: zeros))
        #expect(
          text.contains("byte 128: the compressed variable there claims \(claim) bytes; \(limit)"))
      }
    }
    #expect(problem(file(claim: 64, zeros: 1 << 28)).contains("variable there is damaged"))
    #expect(problem(file(claim: 64, zeros: 63)).contains("variable there is damaged"))
    // Together they are too large.
    let half = hand.compressed(large: 40 << 20)
    #expect(try read(hand.file([half])).count == 1)
    #expect(problem(hand.file([half, half])).contains(limit))
  }

  @Test func `a file larger than any list of images is refused`() throws {
    let path = try folder.write(hand.file([]), "x.mat")
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.truncate(atOffset: 1 << 30)
    try handle.close()
    let error = #expect(throws: FileError.self) { try MATLABFile(path: path) }
    #expect(error?.problem.contains("has 1073741824 bytes; at most 67108864 are read") == true)
  }

  @Test func `fields without values and dimensions without end take no memory`() {
    let fields = hand.matrix(
      2, size: [1, 1], name: "s",
      hand.small(5, hand.integer(1, size: 4))
        + hand.element(1, [UInt8](repeating: 97, count: 1 << 20)))
    #expect(problem(hand.file([fields])).contains("1048576 fields should follow, in 0 bytes"))
    let sizes = [Int](repeating: 1, count: 100_000)
    #expect(
      problem(hand.file([hand.matrix(6, size: sizes, name: "v", hand.element(9, []))]))
        .contains("100000 dimensions"))
  }

  @Test func `a zlib stream with a wrong checksum is refused`() {
    var data = hand.file(hand.database().map(hand.compressed))
    data[data.count - 1] ^= 1
    #expect(problem(data).contains("the compressed variable there is damaged"))
  }
}

extension MATLABValue {
  /// Numbers, by whichever bytes.
  fileprivate static func numbers(of values: [Double]) -> MATLABValue {
    let bytes = values.flatMap { value in
      (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
    }
    return (try? MATLABNumbers(bytes[...], type: 9, isBigEndian: false)).map { .numbers($0) }
      ?? .other
  }
}
