import Files
import Fixtures
import Foundation
import Images
import LinearAlgebra
import ModelFixtures

/// A folder with every file that `MutationKind.all` reads, small and sound.
struct MutationFolder {
  /// The folder.
  let path: String
  private let folder: TemporaryFolder

  /// The model that the kinds with `m/` in their names read: trained for a moment, once for all tests.
  private static let model: TemporaryFolder? = try? trained()

  /// Writes the files; those of a model where one is asked for.
  init(withModel: Bool) throws {
    folder = try TemporaryFolder()
    path = folder.path
    try writePoints()
    try writeTexts()
    try writeImages()
    guard withModel, let model = Self.model else { return }
    try FileManager.default.copyItem(
      atPath: model.path + "/trained/model", toPath: path + "/m")
  }

  private func writePoints() throws {
    var points = Matrix<Double>(rows: 12, columns: 3)
    for row in 0..<12 {
      for column in 0..<3 {
        let number = (7 * row * row + 3 * column * row + column) % 23
        points[row, column] = Double(number) / 4 - 2
      }
    }
    var distances = Matrix<Double>(rows: 12, columns: 12)
    for a in 0..<12 {
      for b in 0..<12 { distances[a, b] = abs(points[a, 0] - points[b, 0]) }
    }
    _ = try folder.write(NumPyFile.encode(points), "x.npy")
    _ = try folder.write(NumPyFile.encode(points.selectingRows(0..<3)), "t.npy")
    _ = try folder.write(NumPyFile.encode(distances), "d.npy")
    _ = try folder.write(NumPyArchive.encode([("a", points)]), "x.npz")
    _ = try folder.write(Self.decoded(Self.compressedArchive), "c.npz")
    try Safetensors.write(["a": [12, 3]], to: path + "/x.safetensors") { _ in
      points.values.map(Float.init)
    }
    func line(_ numbers: some Sequence<Double>) -> String {
      numbers.map { "\($0)" }.joined(separator: ",") + "\n"
    }
    _ = try folder.write(
      "a,b,c\n" + (0..<12).map { line(points.row($0)) }.joined(), "x.csv")
    _ = try folder.write(
      (1..<12).map { i in line((0..<i).map { distances[i, $0] }) }.joined(), "d.txt")
    _ = try folder.write(
      "i,j,distance\n0,1,0.5\n1,2,1.25\n0,2,1.5\n2,3,0.75\n3,0,2\n1,3,0.125\n", "e.csv")
    _ = try folder.write(
      "dimension,birth,death\n0,0,0.5\n0,0,1.5\n0,0,inf\n1,0.75,1.25\n", "a.csv")
    _ = try folder.write("dimension,birth,death\n0,0,0.75\n0,0,inf\n1,0.5,1.5\n", "b.csv")
  }

  private func writeTexts() throws {
    let rows = 0..<12
    _ = try folder.write(
      "row,class\n" + rows.map { "\($0),\(["a", "b", "c"][$0 / 4])\n" }.joined(), "l.csv")
    _ = try folder.write(Examples.experiment, "e.yaml")
    _ = try folder.write(
      """
      shape: {image-size: 16, patch-size: 8, image-width: 16, image-heads: 2, dimension: 8}
      data: {train: absent.csv, validation-share: 0.25}
      batches: {size: 8, piece-size: 4}
      optimizer: {learning-rate: 1e-3, course: cosine, warm-up-steps: 2}
      epochs: 2
      """, "p.yaml")
    _ = try folder.write("topology.threshold=0.5", MutationKind.argument)
    _ = try folder.write("0,0.5,1", MutationKind.levels)
    _ = try folder.write(
      "image_path,text,label\n"
        + rows.map { "\($0).png,\"words, of \($0)\",\($0 / 2)\n" }.joined(), "pairs.csv")
    _ = try folder.write(
      """
      [{"data": {"a": "0.png", "b": "1.png"}, "annotations":
        [{"was_cancelled": false, "result": [{"value": {"choices": ["Same"]}}]}]},
       {"data": {"a": "2.png", "b": "3.png"}, "annotations":
        [{"result": [{"value": {"choices": ["Different"]}}]}]},
       {"data": {"a": "4.png", "b": "7.png"}, "annotations":
        [{"result": [{"value": {"choices": ["Same"]}}]}]}]
      """, "s.json")
    _ = try folder.write("\"a photo of a dog\"\n\"caf\\u00e9 2, (striped)\"\n", "input.txt")
  }

  private func writeImages() throws {
    for (classIndex, name) in ["a", "b"].enumerated() {
      for index in 0..<2 {
        let image = TinyDataset.image(classIndex: classIndex, index: index)
        for root in ["dtd/images", "dtdc/images", "one"] {
          _ = try folder.write(image.pngData(), "\(root)/\(name)/\(index).png")
        }
        _ = try folder.write(image.jpegData(quality: 90), "two/\(name)/\(index).jpg")
      }
    }
    _ = try folder.write(Self.decoded(Self.database), "dtdc/imdb/imdb.mat")
    _ = try folder.write(Self.decoded(Self.plainDatabase), "dtd/imdb/imdb.mat")
    _ = try folder.write(
      """
      {"train": [["a/0.png", 0, "a"], ["b/0.png", 1, "b"]], "val": [["a/1.png", 0, "a"]],
       "test": [["b/1.png", 1, "b"]]}
      """, "split.json")
    _ = try folder.write(
      "path,label,split\none/a/0.png,a,train\none/b/0.png,b,\none/b/1.png,b,test\n", "set.csv")
  }

  /// A model of the program's own making.
  private static func trained() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let plan = try folder.write(
      """
      shape: {image-size: 16, patch-size: 8, image-width: 16, image-layers: 1, image-heads: 2,
        text-width: 16, text-layers: 1, text-heads: 2, context-length: 24, vocabulary-size: 530,
        dimension: 8}
      data: {textures: "banded,dotted", per-class: 16, validation-per-class: 4, texture-size: 16}
      batches: {size: 8}
      optimizer: {learning-rate: 1e-2, course: constant}
      validation: {metric: loss}
      epochs: 6
      """, "plan.yaml")
    let run = try ProgramRun(["train", plan, "--output", folder.path + "/trained", "--quiet"])
    guard run.code == 0 else { throw FileError(plan, "\(run)") }
    return folder
  }

  private static func decoded(_ text: String) -> Data {
    Data(base64Encoded: text, options: .ignoreUnknownCharacters) ?? Data()
  }

  // np.savez_compressed(f, x=np.arange(6.0).reshape(2, 3))
  private static let compressedArchive = """
    UEsDBC0AAAAIAAAAIQDwzTtG//////////8FABQAeC5ucHkBABAAsAAAAAAAAABXAAAAAAAAAJvsF+obEMnIUMZQrZ6S
    WpxcpG6loG6TZqGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CsaaOgq1CmQDLgYU8MEeynCAUBxQWgBK
    izgAAFBLAQItAy0AAAAIAAAAIQDwzTtGVwAAALAAAAAFAAAAAAAAAAAAAACAAQAAAAB4Lm5weVBLBQYAAAAAAQABADMA
    AACOAAAAAAA=
    """

  // scipy.io.savemat(f, {"images": {"id": …, "name": cell(["a/0.png", …]), "class": [[1, 1, 2, 2]],
  // "set": [[1, 3, 1, 3]]}, "meta": {"classes": cell(["a", "b"]), "sets": cell(["train", "val", "test"])}},
  // do_compression=True)
  private static let database = """
    TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IFN1biBOb3YgMjkgMDc6MDY6NTggMjAy
    NgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0PAAAAnQAAAHic42NgYJjA
    xMDABqQ5gBjIBANWKJ8RCYPUZOYmpqcWg+RZwHyQuARIPAWkKy8xN5WBITknsbiYoTi1BCjCB8QBDAjz2bCYzwKlQYATiBUY
    YOCDPZThAKE4oLSAA8hcDUaEuTD9uMwFqbdAcgcLFvXsSOoFoPxEfQO9grx0CvQbUqQ/iUL7k5Dspzwe0OODwYE65sLiFcEH
    AJbUHk8PAAAAhAAAAHic42NgYDjByMDABqQ5gJiJAQJYoXxGOGZhyE0tSWQF0jBxASBOzkksLk4tZihOLSkG6eMD4hkMCPMY
    sZjHhCQOUm+ApJ4Fp/0QIABkJZKpLwmq7wYB9zGjuc+CgD2sKPZA+CVFiZl5RLqTGUU/M0NZYg5R+lhQ9LEwlKQWlwAAg90R
    cg==
    """

  // The same without compression.
  private static let plainDatabase = """
    TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IFN1biBOb3YgMjkgMDc6MDY6NTggMjAy
    NgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0OAAAAkAIAAAYAAAAIAAAA
    AgAAAAAAAAAFAAAACAAAAAEAAAABAAAAAQAAAAYAAABpbWFnZXMAAAUABAAGAAAAAQAAABgAAABpZAAAAABuYW1lAABjbGFz
    cwBzZXQAAAAOAAAAUAAAAAYAAAAIAAAABgAAAAAAAAAFAAAACAAAAAEAAAAEAAAAAQAAAAAAAAAJAAAAIAAAAAAAAAAAAPA/
    AAAAAAAAAEAAAAAAAAAIQAAAAAAAABBADgAAACgBAAAGAAAACAAAAAEAAAAAAAAABQAAAAgAAAABAAAABAAAAAEAAAAAAAAA
    DgAAADgAAAAGAAAACAAAAAQAAAAAAAAABQAAAAgAAAABAAAABwAAAAEAAAAAAAAAEAAAAAcAAABhLzAucG5nAA4AAAA4AAAA
    BgAAAAgAAAAEAAAAAAAAAAUAAAAIAAAAAQAAAAcAAAABAAAAAAAAABAAAAAHAAAAYS8xLnBuZwAOAAAAOAAAAAYAAAAIAAAA
    BAAAAAAAAAAFAAAACAAAAAEAAAAHAAAAAQAAAAAAAAAQAAAABwAAAGIvMC5wbmcADgAAADgAAAAGAAAACAAAAAQAAAAAAAAA
    BQAAAAgAAAABAAAABwAAAAEAAAAAAAAAEAAAAAcAAABiLzEucG5nAA4AAABQAAAABgAAAAgAAAAGAAAAAAAAAAUAAAAIAAAA
    AQAAAAQAAAABAAAAAAAAAAkAAAAgAAAAAAAAAAAA8D8AAAAAAADwPwAAAAAAAABAAAAAAAAAAEAOAAAAUAAAAAYAAAAIAAAA
    BgAAAAAAAAAFAAAACAAAAAEAAAAEAAAAAQAAAAAAAAAJAAAAIAAAAAAAAAAAAPA/AAAAAAAACEAAAAAAAADwPwAAAAAAAAhA
    DgAAAMgBAAAGAAAACAAAAAIAAAAAAAAABQAAAAgAAAABAAAAAQAAAAEABABtZXRhBQAEAAgAAAABAAAAEAAAAGNsYXNzZXMA
    c2V0cwAAAAAOAAAAmAAAAAYAAAAIAAAAAQAAAAAAAAAFAAAACAAAAAEAAAACAAAAAQAAAAAAAAAOAAAAMAAAAAYAAAAIAAAA
    BAAAAAAAAAAFAAAACAAAAAEAAAABAAAAAQAAAAAAAAAQAAEAYQAAAA4AAAAwAAAABgAAAAgAAAAEAAAAAAAAAAUAAAAIAAAA
    AQAAAAEAAAABAAAAAAAAABAAAQBiAAAADgAAANgAAAAGAAAACAAAAAEAAAAAAAAABQAAAAgAAAABAAAAAwAAAAEAAAAAAAAA
    DgAAADgAAAAGAAAACAAAAAQAAAAAAAAABQAAAAgAAAABAAAABQAAAAEAAAAAAAAAEAAAAAUAAAB0cmFpbgAAAA4AAAAwAAAA
    BgAAAAgAAAAEAAAAAAAAAAUAAAAIAAAAAQAAAAMAAAABAAAAAAAAABAAAwB2YWwADgAAADAAAAAGAAAACAAAAAQAAAAAAAAA
    BQAAAAgAAAABAAAABAAAAAEAAAAAAAAAEAAEAHRlc3Q=
    """

}
