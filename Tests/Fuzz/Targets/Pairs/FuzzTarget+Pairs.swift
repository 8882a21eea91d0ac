import Embedding
import Files
import Foundation
import Pairs

@testable import Pairs

extension FuzzTarget {
  /// Images with texts: a record a line, none without an image.
  static let pairs = FuzzTarget(
    "pairs",
    seeds: {
      [
        "image_path,text,label\n0.png,\"words, of 0\",0\n1.png,b,\n2.png,,999\n",
        "image_path;caption\n/a.png;ü\n", "caption,image_path,class\na,b,1.0\nc,d,nan\n",
      ].map { Data($0.utf8) }
    },
    run: { data in
      try ScratchFolder.file(data, "pairs.csv") { path in
        let table = try PairsTable(path: path, columns: .init(), imageFolder: nil)
        promise(
          !table.records.isEmpty && table.fields.count == table.records.count, "a line a record")
        promise(!table.records.contains { $0.image.isEmpty }, "a record without an image")
        promise(!table.records.contains { $0.label == "" }, "a label without a name")
        _ = table.records.map(table.imageFile)
      }
    })

  /// Label Studio's annotations: labels of records that are named, numbers from 0.
  static let annotations = FuzzTarget(
    "annotations",
    seeds: {
      [
        Data(
          """
          [{"data": {"a": "0.png", "b": "1.png"}, "annotations":
            [{"was_cancelled": false, "result": [{"value": {"choices": ["Same"]}}]}]},
           {"data": {"a": "2.png", "b": 3}, "annotations": [{"result": [{"value": {"choices": ["Different"]}}]}]}]
          """.utf8)
      ]
    },
    run: { data in
      try ScratchFolder.file(data, "s.json") { path in
        let pairs = try LabelStudioPairs(path: path, keys: ("a", "b"), choice: "same")
        let labels = try pairs.labels(
          of: ["0.png", "1.png", "2.png", "3", "3"], reserved: "1", source: "pairs.csv")
        promise(labels.labels.count == 5 && !labels.labels.contains("1"), "labels are others")
        promise(labels.labels[3] == labels.labels[4], "one name has two labels")
      }
    })

  /// Candidates, a text a line: each is there once and not empty.
  static let candidates = FuzzTarget(
    "candidates", seeds: { ["a dog\nüber\n\n a cat \r\n", "one"].map { Data($0.utf8) } },
    run: { data in
      try ScratchFolder.file(data, "c.txt") { path in
        let list = try CandidateList(path)
        promise(!list.names.isEmpty && !list.names.contains(""), "a candidate is empty")
        promise(
          Set(list.names.map { Array($0.utf8) }).count == list.names.count, "one is there twice")
      }
    })
}
