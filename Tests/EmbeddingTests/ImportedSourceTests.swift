import Files
import Fixtures
import Testing

@testable import Embedding

/// Where embeddings made elsewhere lie, and what lies beside them.
struct ImportedSourceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ names: [String]) throws {
    for name in names { _ = try folder.write("", name) }
  }

  private func problem(_ path: String) -> String {
    (#expect(throws: FileError.self) {
      try ImportedConditions(ImportedSource(path), list: nil)
    })?.description ?? ""
  }

  /// Regression: only archives and endings in capitals were named.
  @Test func `everything in the folder that is not read is named`() throws {
    try write([
      "clean.npy", "text.npy", "samples.csv", "classes.csv", "conditions.csv", ".hidden",
      "fog-3.safetensors", "fog-4.csv", "fog-5.NPY", "all.npz", "README.md", "sub/clean.npy",
    ])
    let others = try ImportedSource(folder.path).others
    #expect(
      others.map(\.name) == [
        "README.md", "all.npz", "fog-3.safetensors", "fog-4.csv", "fog-5.NPY", "sub",
      ])
    #expect(
      others.map(\.problem) == [
        "beside .npy only classes.csv, conditions.csv, samples.csv are read",
        "an archive in a folder is not read; give it itself as --embeddings",
        "in a folder only .npy is read; give an array of another format itself as --embeddings",
        "in a folder only .npy is read; give an array of another format itself as --embeddings",
        "only .npy in small letters is read; rename them",
        "folders below are not looked at; give one itself as --embeddings",
      ])
    #expect(try ImportedSource(folder.path + "/all.npz").others.isEmpty)
  }

  @Test func `where there is no array, it is said where there is one`() throws {
    try write(["sub/clean.npy", "notes.md"])
    #expect(
      problem(folder.path).hasSuffix(
        "; there are some one folder down: give \(folder.path)/sub"))
    try write(["x.tsv"])
    #expect(problem(folder.path).hasSuffix("; it holds x.tsv: give one of them"))
    let empty = try TemporaryFolder()
    #expect(problem(empty.path).hasSuffix("; there is no .npy at all"))
  }

  /// Regression: `.tsv` and `.txt` were taken for folders.
  @Test(arguments: ["x.npy", "x.csv", "x.tsv", "x.txt", "x.TXT", "x.safetensors", "x.npz:x"])
  func `whatever is read as a matrix is one array`(name: String) throws {
    let source = ImportedSource("a/" + name)
    #expect(source.isOneArray && source.arrayName == "x" && source.isArray("x"))
    #expect(!source.isArray("y.npy"))
  }

  @Test func `standard input is refused with what is read`() {
    #expect(problem("-").contains("standard input is not taken for embeddings of a sweep"))
  }
}
