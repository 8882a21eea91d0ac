import Files
import Foundation
import Testing

@testable import Runs

@Suite struct DataRecordTests {
  private func record(_ digest: String, _ variants: [String: String]? = nil) -> Manifest.DataRecord
  {
    Manifest.DataRecord(
      source: "tree", images: 4, classes: 2, digest: digest, leftOut: [], variants: variants)
  }

  @Test func `folders of images are compared one by one, those of both`() throws {
    let earlier = record("a", ["clean": "1", "fog/1": "2"])
    #expect(record("b", ["clean": "1", "snow/1": "3"]).difference(from: earlier) == nil)
    #expect(
      record("b", ["clean": "1", "fog/1": "9", "fog/2": "3"]).difference(from: earlier)
        == "the images in fog/1: 4 of tree there, 4 others asked for")
    // Without folders, and of a manifest that does not say them, all images are one thing.
    #expect(record("a").difference(from: record("a")) == nil)
    #expect(record("a", ["clean": "1"]).difference(from: record("a")) == nil)
    #expect(
      record("b", ["clean": "1"]).difference(from: record("a"))
        == "the images: 4 of tree there, 4 others asked for")
  }

  @Test func `folders that are not there any more are counted in`() throws {
    var record = record("b", ["clean": "1", "snow/1": "3"])
    #expect(!record.lacksVariants(of: nil))
    #expect(!record.lacksVariants(of: self.record("a", ["clean": "1"])))
    record.join(self.record("a", ["clean": "1"]))
    #expect(record.digest == "b" && record.variants == ["clean": "1", "snow/1": "3"])
    let earlier = self.record("a", ["clean": "1", "fog/1": "2"])
    #expect(record.lacksVariants(of: earlier))
    record.join(earlier)
    #expect(record.variants == ["clean": "1", "fog/1": "2", "snow/1": "3"])
    #expect(record.digest == "\(Digest(of: "clean 1\nfog/1 2\nsnow/1 3\n"))")
  }

  @Test func `every place that embeddings are from is named, with what is not used there`() throws {
    func file(_ path: String) -> RunError.UnusableImage {
      RunError.UnusableImage(path: path, problem: "p")
    }
    func joined(
      _ path: String, _ unused: [String], _ earlier: Manifest.DataRecord? = nil
    ) -> Manifest.DataRecord {
      var record = record("a")
      record.setSource(path, unused: unused.map(file), after: earlier)
      return record
    }
    let first = joined("e1", ["x.npy"])
    #expect(first.source == "e1 (embeddings made elsewhere)" && first.sources == nil)
    #expect(first.unused.map(\.path) == ["x.npy"])
    #expect(joined("e1", [], first).unused.isEmpty)
    let both = joined("e1/in", ["y.npy"], first)
    #expect(both.source == "e1, e1/in (embeddings made elsewhere)")
    #expect(both.unused.map(\.path) == ["e1/x.npy", "e1/in/y.npy"])
    // As it is read back, and once more from the first place, where another file lies now.
    let read = try JSONDecoder().decode(
      Manifest.DataRecord.self, from: JSONEncoder().encode(both))
    #expect(read.sources == ["e1", "e1/in"])
    let third = joined("e1", ["z.npy"], read)
    #expect(third.source == both.source)
    #expect(third.unused.map(\.path) == ["e1/in/y.npy", "e1/z.npy"])
  }
}
