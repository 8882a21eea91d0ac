import Files
import Fixtures
import Foundation
import Testing

@testable import Explorer

struct ImageMetadataTests {
  private let folder: TemporaryFolder
  private let images: [ListedImage]

  init() throws {
    folder = try TemporaryFolder()
    for name in ["a.jpg", "b.jpg", "s/x.jpg", "t/x.jpg"] { _ = try folder.write("x", name) }
    images = try ImageFolder(folder.path).images
  }

  private func read(_ text: String, _ name: String = "metadata.json") throws -> ImageMetadata {
    _ = try folder.write(text, name)
    return try ImageMetadata(nil, of: images, in: folder.path)
  }

  private func refusal(_ text: String, _ name: String = "metadata.json") throws -> String {
    let error = #expect(throws: FileError.self) { try read(text, name) }
    try FileManager.default.removeItem(atPath: folder.path + "/" + name)
    return error?.problem ?? ""
  }

  @Test func `without a file nothing is known`() throws {
    let metadata = try ImageMetadata(nil, of: images, in: folder.path)
    #expect(metadata == ImageMetadata(count: 4))
    #expect(metadata.columns.isEmpty)
  }

  @Test func `JSON becomes columns by the types of its values`() throws {
    let metadata = try read(
      #"{"a": {"n": 1, "t": "p10", "b": true, "none": null}, "b": {"n": 2.5, "t": "p9", "mixed": 3}, "s/x.jpg": {"mixed": "m", "l": [1, 2]}}"#
    )
    #expect(metadata.problems.isEmpty)
    #expect(metadata.keys == ["b", "l", "mixed", "n", "t"])
    #expect(
      metadata.columns == [
        MetadataColumn(key: "b", values: .categories(names: ["true"], codes: [0, -1, -1, -1])),
        MetadataColumn(key: "l", values: .categories(names: ["[1,2]"], codes: [-1, -1, 0, -1])),
        MetadataColumn(
          key: "mixed", values: .categories(names: ["3", "m"], codes: [-1, 0, 1, -1])),
        MetadataColumn(
          key: "n", values: .numbers([1, 2.5, 0, 0], present: RowMask(count: 4) { $0 < 2 })),
        MetadataColumn(
          key: "t", values: .categories(names: ["p9", "p10"], codes: [1, 0, -1, -1])),
      ])
  }

  @Test func `what names no image is told`() throws {
    let metadata = try read(
      #"{"nobody": {"k": 1}, "x": {"k": 1}, "a": 3, "b": {"k": Infinity, "l": NaN}}"#)
    #expect(
      metadata.problems.map(\.subject)
        == [#""nobody""#, #""x""#, #""a""#, #""b""#].map { "metadata.json: \($0)" })
    #expect(metadata.problems[0].reason == "names no image that is there")
    #expect(metadata.problems[1].reason.contains("s/x.jpg, t/x.jpg"))
    #expect(metadata.problems[2].reason.contains("is 3"))
    #expect(metadata.problems[3].reason.contains("inf"))
    #expect(metadata.columns.isEmpty)
  }

  @Test func `an image that is there twice is refused with the place`() throws {
    #expect(try refusal(#"{"a": {}, "a": {}}"#).contains("byte 14"))
    #expect(try refusal(#"{"a": {}, "a.jpg": {}}"#).contains("name the same image"))
    #expect(try refusal("path,k\na.jpg,1\nb.jpg,2\na,3\n", "metadata.csv").contains("line 4"))
    #expect(try refusal(#"{"a": {"k": 1, "k": 2}}"#).contains("twice"))
    #expect(try refusal("[1]").contains("is not metadata of images"))
  }

  @Test func `a CSV column is one of numbers when all its values are`() throws {
    let metadata = try read(
      "k,image,year,code\np,a.jpg,1999,01\n,s/x.jpg,,7x\n\"q,r\",b,2e3,\nu,nobody.jpg,1,1\n",
      "metadata.csv")
    #expect(metadata.keys == ["k", "year", "code"])
    #expect(
      metadata.columns == [
        MetadataColumn(key: "k", values: .categories(names: ["p", "q,r"], codes: [0, 1, -1, -1])),
        MetadataColumn(
          key: "year", values: .numbers([1999, 2000, 0, 0], present: RowMask(count: 4) { $0 < 2 })),
        MetadataColumn(
          key: "code", values: .categories(names: ["01", "7x"], codes: [0, -1, 1, -1])),
      ])
    #expect(metadata.problems.map(\.subject) == ["metadata.csv, line 5: \"nobody.jpg\""])
  }

  @Test func `a CSV elsewhere names images from where it lies`() throws {
    let elsewhere = try TemporaryFolder()
    let name = URL(filePath: folder.path).lastPathComponent
    let file = try elsewhere.write(
      "id,k\n../\(name)/s/x.jpg,1\n\(folder.path)/t/x.jpg,2\n./b.jpg,3\n", "list.csv")
    let metadata = try ImageMetadata(file, of: images, in: folder.path)
    #expect(metadata.problems.isEmpty)
    #expect(metadata.rows.map { $0.first?.value.number } == [nil, 3, 1, 2])
  }

  @Test func `of two files the JSON is read and the other told of`() throws {
    _ = try folder.write("id,k\na,1\n", "metadata.csv")
    let metadata = try read("{}")
    #expect(metadata.columns.isEmpty)
    #expect(metadata.problems.map(\.subject) == ["metadata.csv"])
  }

  @Test func `a file that is not there or has no names is refused`() throws {
    #expect(throws: FileError.self) {
      try ImageMetadata(folder.path + "/none.json", of: images, in: folder.path)
    }
    #expect(try refusal("file,k\na,1\n", "metadata.csv").contains("path, image, id"))
  }

  @Test func `damage is refused or told, and nothing worse`() throws {
    let json =
      #"{"a": {"n": 1, "t": "p10", "b": true}, "b": {"n": 2.5, "l": [1, {"z": null}]}, "s/x.jpg": {"m": "é"}}"#
    let csv = "k,image,year,code\np,a.jpg,1999,01\n,s/x.jpg,,7x\n\"q,r\",b,2e3,\n"
    var mutator = Mutator(seed: 22)
    for round in 0..<400 {
      let isJSON = round.isMultiple(of: 2)
      let file = try folder.write(mutator.mutated(isJSON ? json : csv), isJSON ? "m.json" : "m.csv")
      do {
        let metadata = try ImageMetadata(file, of: images, in: folder.path)
        #expect(metadata.rows.count == 4)
        for column in metadata.columns {
          switch column.values {
          case .numbers(let numbers, let present):
            #expect(numbers.count == 4 && present.count == 4 && numbers.allSatisfy(\.isFinite))
          case .categories(let names, let codes):
            #expect(codes.count == 4 && codes.allSatisfy { $0 >= -1 && $0 < names.count })
          }
        }
      } catch { #expect(error is FileError) }
    }
  }
}
