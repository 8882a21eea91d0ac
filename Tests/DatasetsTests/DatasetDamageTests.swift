import Files
import Fixtures
import Foundation
import Images
import LinearAlgebra
import Testing

@testable import Datasets

/// Lists of images damaged on purpose: errors name the list, nothing crashes.
struct DatasetDamageTests {
  private struct List: Sendable {
    let name: String
    let whole: String
    let read: @Sendable (_ folder: String) throws -> Dataset
  }

  private static let lists = [
    List(
      name: "split.json",
      whole:
        #"{"train":[["a/1.png",0,"a"],["b/1.png",1,"b"]],"val":[["a/2.png",0,"a"]],"test":[]}"#,
      read: { folder in
        var selection = Dataset.Selection()
        selection.splitFile = folder + "/split.json"
        return try Dataset(.files(folder), selection: selection)
      }),
    List(
      name: "list.csv",
      whole: "path,label,split\na/1.png,a,train\n\"a/2.png\",a,\nb/1.png,b,test\n",
      read: { try Dataset(.files($0 + "/list.csv")) }),
    List(
      name: "labels/train1.txt", whole: "a/1.png\nb/1.png\r\na/2.png\n",
      read: { try Dataset(.files($0)) }),
  ]

  private static func makeFolder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let png = try RGBImage(width: 1, height: 1, pixels: [1, 2, 3]).pngData()
    for name in ["a/1.png", "a/2.png", "b/1.png"] { _ = try folder.write(png, name) }
    _ = try folder.write("", "labels/val1.txt")
    _ = try folder.write("", "labels/test1.txt")
    return folder
  }

  @Test func `undamaged lists are read`() throws {
    let folder = try Self.makeFolder()
    for list in Self.lists {
      _ = try folder.write(list.whole, list.name)
      #expect(try list.read(folder.path).samples.count == 3, "\(list.name)")
    }
  }

  @Test func `a split file cut anywhere is refused by its name`() throws {
    let folder = try Self.makeFolder()
    let list = Self.lists[0]
    for count in 0..<list.whole.utf8.count {
      _ = try folder.write(String(list.whole.prefix(count)), list.name)
      let error = #expect(throws: FileError.self) { try list.read(folder.path) }
      #expect(error?.description.contains("split.json") == true)
    }
  }

  @Test func `bytes changed anywhere never crash`() throws {
    let folder = try Self.makeFolder()
    var stream = RandomStream(domain: "test/dataset-damage", seed: 0)
    for list in Self.lists {
      var refused = 0
      for _ in 0..<300 {
        var damaged = Data(list.whole.utf8)
        for _ in 0..<Int.random(in: 1...3, using: &stream) {
          let index = Int.random(in: damaged.indices, using: &stream)
          switch Int.random(in: 0..<3, using: &stream) {
          case 0: damaged[index] = .random(in: 0...255, using: &stream)
          case 1: damaged[index] = 0
          default: damaged.remove(at: index)
          }
        }
        _ = try folder.write(damaged, list.name)
        do {
          let dataset = try list.read(folder.path)
          #expect(dataset.samples.count + dataset.missing.count > 0)
        } catch let error as FileError {
          #expect(error.description.contains(folder.path))
          refused += 1
        }
      }
      #expect(refused > 20, "\(list.name)")
    }
  }
}
