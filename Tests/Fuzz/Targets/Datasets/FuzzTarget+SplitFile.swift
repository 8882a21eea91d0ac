import Datasets
import Files
import Foundation

extension FuzzTarget {
  /// CoOp's split file: every image of a data set has a class that there is.
  static let splitFile = FuzzTarget(
    "split",
    seeds: {
      [
        Data(
          """
          {"train": [["a/0.png", 0, "a"], ["b/0.png", 1, "b"]], "val": [["a/1.png", 0, "a"]],
           "test": [["b/1.png", 1, "b"]]}
          """.utf8)
      ]
    },
    run: { data in
      try ScratchFolder.lend("split", filling: fillImages) { folder in
        let file = try folder.write(data, "split.json")
        var selection = Dataset.Selection()
        selection.splitFile = file
        try requireDataset(Dataset(.files(folder.path), selection: selection))
      }
    })

  /// A table of images and labels, likewise.
  static let datasetTable = FuzzTarget(
    "dataset-csv",
    seeds: {
      [
        "path,label,split\na/0.png,a,train\nb/0.png,b,\nb/1.png,b,test\n",
        "image_path;class\na/0.png;1.0\na/1.png;2\n",
      ].map { Data($0.utf8) }
    },
    run: { data in
      try ScratchFolder.lend("split", filling: fillImages) { folder in
        try requireDataset(Dataset(.files(folder.write(data, "set.csv"))))
      }
    })

  private static func fillImages(_ folder: ScratchFolder) throws {
    for name in ["a/0.png", "a/1.png", "b/0.png", "b/1.png"] {
      let path = URL(filePath: folder.path).appending(path: name)
      try FileManager.default.createDirectory(
        at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data().write(to: path)
    }
  }

  private static func requireDataset(_ dataset: Dataset) throws {
    promise(dataset.samples.count + dataset.missing.count > 0, "a data set without images")
    promise(Set(dataset.classes).count == dataset.classes.count, "two classes have one name")
    for sample in dataset.samples {
      promise(dataset.classes.indices.contains(sample.classIndex), "a class is not there")
    }
  }
}
