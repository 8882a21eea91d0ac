import Datasets
import Files
import Fixtures
import Foundation

@testable import Datasets

extension FuzzTarget {
  /// MATLAB's variables: as many numbers as their sizes say, and nested no deeper than is read.
  static let matlab = FuzzTarget(
    "mat",
    seeds: {
      let lists = element(
        14,
        matrix(
          2, "images", structure([("id", numbers([1, 2, 3])), ("name", names(["a/0.png", "b"]))])))
      return [
        header + lists,
        header + element(14, matrix(6, "x", element(9, doubles([1, 2])), size: [1, 2])),
        header + element(14, matrix(4, "t", element(16, Data("text".utf8)), size: [1, 4])),
        header + element(15, Data(ZlibStream.compressed([UInt8](lists))), isPadded: false),
      ]
    },
    run: { data in
      try ScratchFolder.file(data, "imdb.mat") { path in
        let file = try MATLABFile(path: path)
        for value in file.variables.values { try requireValue(value, depth: 0) }
      }
    })

  private static func requireValue(_ value: MATLABValue, depth: Int) throws {
    promise(depth <= 16, "nested \(depth) deep")
    switch value {
    case .structure(let fields):
      for value in fields.values { try requireValue(value, depth: depth + 1) }
    case .cells(let cells): for value in cells { try requireValue(value, depth: depth + 1) }
    case .numbers(let numbers):
      promise(numbers.values.count == numbers.count, "numbers are missing")
    case .text, .other: break
    }
  }

  private static let header =
    Data("MATLAB 5.0 MAT-file".utf8) + Data(repeating: 32, count: 105)
    + Data([0, 1] + "IM".utf8)

  private static func word(_ value: Int) -> Data {
    var word = UInt32(value).littleEndian
    return unsafe withUnsafeBytes(of: &word) { unsafe Data($0) }
  }

  private static func element(_ type: Int, _ content: Data, isPadded: Bool = true) -> Data {
    let padding = isPadded ? (8 - content.count % 8) % 8 : 0
    return word(type) + word(content.count) + content + Data(repeating: 0, count: padding)
  }

  private static func matrix(
    _ kind: Int, _ name: String, _ content: Data, size: [Int] = [1, 1]
  ) -> Data {
    element(6, word(kind) + word(0)) + element(5, size.map(word).reduce(Data(), +))
      + element(1, Data(name.utf8)) + content
  }

  private static func doubles(_ values: [Double]) -> Data {
    unsafe values.withUnsafeBytes { unsafe Data($0) }
  }

  private static func numbers(_ values: [Double]) -> Data {
    element(14, matrix(6, "", element(9, doubles(values)), size: [1, values.count]))
  }

  private static func names(_ names: [String]) -> Data {
    let cells = names.map {
      element(14, matrix(4, "", element(16, Data($0.utf8)), size: [1, $0.utf8.count]))
    }
    return element(14, matrix(1, "", cells.reduce(Data(), +), size: [1, names.count]))
  }

  private static func structure(_ fields: [(String, Data)]) -> Data {
    let names = fields.map { Data($0.0.utf8) + Data(repeating: 0, count: 8 - $0.0.utf8.count) }
    return element(5, word(8)) + element(1, names.reduce(Data(), +))
      + fields.map(\.1).reduce(Data(), +)
  }
}
