import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Files

/// Files damaged on purpose, read from disk as a user's: errors name the file, nothing crashes.
struct FileDamageTests {
  private struct Kind: Sendable {
    let name: String
    let whole: Data
    let read: @Sendable (_ path: String) throws -> Void
    /// Damage to the structure, all of which must be noticed.
    let structural: [Data]
  }

  private static let kinds: [Kind] = [
    Kind(
      name: "x.safetensors", whole: tensors,
      read: { _ = try Safetensors(path: $0).floats("b") },
      structural: cuts(tensors)
        + [tensors + [0], tensors.dropFirst(), replacing(tensors, "F32", "F16")]
        + [
          replacing(tensors, "dtype", "dtypo"), replacing(tensors, "[2,2]", "[2,3]"),
          replacing(tensors, "[0,16]", "[0,15]"), replacing(tensors, "[16,24]", "[15,24]"),
          replacing(tensors, "[16,24]", "[17,24]"), replacing(tensors, "\"a\"", "\"b\""),
          replacing(tensors, "{", "["), replacing(tensors, "}", " "),
        ]),
    Kind(
      name: "x.npy", whole: NumPyFixtures.matrix, read: { _ = try MatrixFile.read($0) },
      structural: cuts(NumPyFixtures.matrix) + [
        NumPyFixtures.matrix + [0], NumPyFixtures.matrix.dropFirst(),
        replacing(NumPyFixtures.matrix, "<f4", "<f8"),
        replacing(NumPyFixtures.matrix, "<f4", "<c4"),
        replacing(NumPyFixtures.matrix, "(2, 3)", "(3, 3)"),
        replacing(NumPyFixtures.matrix, "(2, 3)", "(2,03"),
        replacing(NumPyFixtures.matrix, "False", "Falsy"),
        replacing(NumPyFixtures.matrix, "shape", "share"),
        replacing(NumPyFixtures.matrix, "NUMPY", "NUMPI"),
      ]),
    Kind(
      name: "x.npz", whole: NumPyFixtures.storedArchive,
      read: { _ = try MatrixFile.read($0 + ":a") },
      structural: cuts(NumPyFixtures.storedArchive) + [
        // The name stands twice, and only the second, in the directory, counts.
        replacing(
          replacing(NumPyFixtures.storedArchive, "a.npy", "c.npy"), "a.npy", "c.npy"),
        replacing(NumPyFixtures.storedArchive, "(2, 3)", "(3, 2)"),  // the checksum tells
        replacing(NumPyFixtures.storedArchive, "PK\u{1}\u{2}", "PK\u{1}\u{3}"),
        replacing(NumPyFixtures.storedArchive, "PK\u{5}\u{6}", "PK\u{5}\u{7}"),
      ]),
    Kind(
      name: "compressed.npz", whole: NumPyFixtures.deflatedArchive,
      read: { _ = try MatrixFile.read($0) }, structural: cuts(NumPyFixtures.deflatedArchive)),
    Kind(
      name: "x.csv", whole: Data("x,\"y\"\n1,2\n\"3\",4\n5,6\n".utf8),
      read: { _ = try MatrixFile.read($0) },
      structural: [
        "", "\n\n", "x,y\n", "x,y\n1,2\n3\n", "x,y\n1,2\n3,4,5\n", "x,y\n\"1,2\n",
        "x,y\n\"1\"2,3\n",
        "x,y\n1,a\n", "1,2\n,\n", "x,y\n1,2\n\u{0},3\n", "x,y\r1,2\r", "x,y\n1,nan\n",
        "x,y\n1,2;3\n", "x,y\n1,0x\n", "x,y\n1 2,3\n",
      ].map { Data($0.utf8) } + [Data([0xFF, 0xFE, 0x31, 0]), Data("1,2\n".utf8) + [0x80]]),
    Kind(
      name: "labels.csv", whole: Data("row,path,class\n0,x.png,a\n1,\"y,.png\",b\n".utf8),
      read: { _ = try LabelsFile(path: $0, rowCount: 2) },
      structural: [
        "", "row,class\n", "row,class\n0,a\n", "row,class\n0,a\n1,b\n2,c\n",
        "row,class\n0,a\n0,b\n",
        "row,class\n1,a\n0,b\n", "row,class\n0,a\n1,\n", "row\n0\n1\n", "row,class\n0,a\n1\n",
        "row,class,class\n0,a,b\n1,a,b\n", "row,class\n0,\"a\n1,b\n", "row,class\n0,a\n1.5,b\n",
      ].map { Data($0.utf8) } + [Data("row,class\n0,a\n1,".utf8) + [0xC3, 0x28]]),
  ]

  private static let tensors: Data = {
    let header =
      #"{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"#
      + #""b":{"dtype":"F32","shape":[2],"data_offsets":[16,24]}}"#
    return Data([UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0] + header.utf8)
      + Data((0..<6).flatMap { _ in [0, 0, 0x80, 0x3F] as [UInt8] })
  }()

  /// Sixteen files that are cut, spread over all lengths, and the two of one byte more or less.
  private static func cuts(_ whole: Data) -> [Data] {
    ((0..<16).map { $0 * whole.count / 16 } + [1, whole.count - 1]).map { Data(whole.prefix($0)) }
  }

  /// The file with the first occurrence of a text replaced by another of the same length.
  private static func replacing(_ whole: Data, _ text: String, _ other: String) -> Data {
    var changed = whole
    if let range = whole.range(of: Data(text.utf8)) {
      changed.replaceSubrange(range, with: Data(other.utf8))
    }
    return changed
  }

  @Test func `undamaged files are read`() throws {
    let folder = try TemporaryFolder()
    for kind in Self.kinds { try kind.read(folder.write(kind.whole, kind.name)) }
  }

  @Test func `a damaged structure is an error with the file's name`() throws {
    let folder = try TemporaryFolder()
    var count = 0
    for kind in Self.kinds {
      for (index, damaged) in kind.structural.enumerated() {
        #expect(damaged != kind.whole, "\(kind.name) \(index)")
        let path = try folder.write(Data(damaged), kind.name)
        let error = #expect(throws: FileError.self, "\(kind.name) \(index)") {
          try kind.read(path)
        }
        #expect(error?.description.contains(kind.name) == true, "\(kind.name) \(index)")
        count += 1
      }
    }
    #expect(count >= 120)
  }

  @Test func `bytes changed anywhere never crash`() throws {
    let folder = try TemporaryFolder()
    var stream = RandomStream(domain: "test/damage", seed: 0)
    for kind in Self.kinds {
      var refused = 0
      for _ in 0..<400 {
        var damaged = kind.whole
        for _ in 0..<Int.random(in: 1...4, using: &stream) {
          let index = Int.random(in: damaged.indices, using: &stream)
          switch Int.random(in: 0..<3, using: &stream) {
          case 0: damaged[index] = .random(in: 0...255, using: &stream)
          case 1: damaged[index] ^= 1 << Int.random(in: 0..<8, using: &stream)
          default: damaged.remove(at: index)
          }
        }
        do {
          try kind.read(folder.write(damaged, kind.name))
        } catch let error as FileError {
          #expect(error.description.contains(kind.name))
          refused += 1
        }
      }
      #expect(refused > 100, "\(kind.name)")
    }
  }
}
