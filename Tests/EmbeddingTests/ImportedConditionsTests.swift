import Files
import Fixtures
import Foundation
import LinearAlgebra
import Runs
import Testing

@testable import Embedding

/// Which array is which condition, and what is said of the others.
struct ImportedConditionsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func add(_ names: [String]) throws {
    for name in names { _ = try folder.write("", name + ".npy") }
  }

  private func conditions(_ path: String? = nil, list: String? = nil) throws -> ImportedConditions {
    try ImportedConditions(
      ImportedSource(path ?? folder.path),
      list: list.map { try folder.write($0, "conditions.csv") })
  }

  private func error(_ path: String? = nil, list: String? = nil) -> String {
    (#expect(throws: FileError.self) { try conditions(path, list: list) })?.description ?? ""
  }

  @Test func `names say the conditions, and one array of any name is clean`() throws {
    try add(["fog-3"])
    #expect(try conditions().places.keys.map(\.name) == ["fog-3"])
    try add(["clean", "gaussian-1-s0", "text"])
    let places = try conditions().places
    #expect(places.keys.sorted().map(\.name) == ["clean", "gaussian-1-s0", "fog-3"])
    #expect(places[.clean] == folder.path + "/clean.npy")
    let one = try TemporaryFolder()
    _ = try one.write("", "dino.npy")
    let dino = try conditions(one.path)
    #expect(dino.places == [.clean: one.path + "/dino.npy"])
    #expect(
      dino.remarks == [
        "\(one.path)/dino.npy is taken for clean, the images as they are, as its name is no condition"
      ])
  }

  @Test(arguments: [
    (
      "gaussian-1",
      "gaussian draws random numbers, and its seed is missing: gaussian-1-s0 where there is one seed alone"
    ),
    ("blur-2-s0", "blur draws no random numbers and has no seed: blur-2"),
    (
      "shot-7-s0",
      "shot is a kind of noise of this program, whose levels are 1 to 5, not 7; another kind has "
        + "another name, such as own-shot"
    ),
    ("fog-0", "level 0 is that of the clean images: call it clean"),
  ])
  func `a name that is nearly a condition is told why not`(name: String, words: String) throws {
    try add(["clean", name])
    let text = error()
    #expect(
      text.hasPrefix("\(folder.path)/\(name).npy: its name is no condition: expected clean.npy"))
    #expect(text.contains("KIND-LEVEL-sSEED.npy") && text.contains(words), "\(text)")
    #expect(text.contains("conditions.csv beside, with the columns file,kind,level,seed"))
  }

  @Test func `all names that are no conditions are named and counted`() throws {
    try add(["clean", "dino", "noise_level_1", "mine"])
    #expect(error().hasPrefix("\(folder.path)/dino.npy: its name is no condition (3 such names, "))
    #expect(error().contains("with mine.npy, noise_level_1.npy): expected"))
  }

  @Test func `a table gives any file any kind, and no other file is read`() throws {
    try add(["clean", "a", "b", "dino", "gaussian-1-s0", "text"])
    let found = try conditions(
      list: """
        file,kind,level,seed
        clean.npy,clean,0,
        a,own-fog,0.5,
        b.npy,gaussian,1,0.0

        """)
    #expect(found.places.keys.sorted().map(\.name) == ["clean", "gaussian-1-s0", "own-fog-0.5"])
    #expect(found.places.values.sorted() == ["a", "b", "clean"].map { "\(folder.path)/\($0).npy" })
    #expect(found.unused.map(\.path) == ["dino.npy", "gaussian-1-s0.npy"])
    #expect(found.unused[0].problem == "\(folder.path)/conditions.csv does not list them")
    #expect(
      error(list: "file,kind,level\nc.npy,fog,1\n").contains(
        "conditions.csv: line 2, column file: there is no c.npy in \(folder.path); there are a.npy")
    )
  }

  @Test func `a run's own list holds, and what it lists and is not there is told`() throws {
    try add(["clean", "odd name"])
    let found = try conditions(
      list: "name,noise,level,seed\nclean,none,0,\nodd name,fog,2,\nfog-3,fog,3,\n")
    #expect(found.places.keys.sorted().map(\.name) == ["clean", "fog-2"])
    #expect(found.unused.map(\.path) == ["fog-3"])
  }

  @Test func `an archive has a member a condition`() throws {
    let matrix = Matrix<Double>(rows: 1, columns: 1, values: [1])
    let names = ["clean", "fog-1", "text"]
    let archive = folder.path + "/all.npz"
    try AtomicFile.write(
      NumPyArchive.encode(names.map { (name: $0, matrix: matrix) }), to: archive)
    #expect(
      try conditions(archive).places.values.sorted() == ["\(archive):clean", "\(archive):fog-1"])
    #expect(try ImportedSource(archive).textPlace == "\(archive):text")
    #expect(
      try conditions(archive, list: "file,kind,level\nfog-1,haze,2\n").places.keys.map(\.name)
        == ["haze-2"])
    let fog = try #require(Condition(name: "fog-1"))
    #expect(try conditions("\(archive):fog-1").places == [fog: "\(archive):fog-1"])
    let odd = folder.path + "/odd.npz"
    try AtomicFile.write(
      NumPyArchive.encode(["clean", "x"].map { (name: $0, matrix: matrix) }), to: odd)
    #expect(error(odd).hasPrefix("\(odd):x: its name is no condition"))
  }

  @Test func `arrays that are no .npy are told`() throws {
    try add(["clean"])
    _ = try folder.write("", "fog-1.NPY")
    _ = try folder.write("", "all.npz")
    #expect(try conditions().unused.map(\.path) == ["all.npz", "fog-1.NPY"])
    let archives = try TemporaryFolder()
    _ = try archives.write("", "all.npz")
    #expect(error(archives.path).hasSuffix("; it holds all.npz: give one of them"))
    #expect(error(folder.path + "/no").contains("is not there; expected a folder of .npy files"))
  }

  /// Regression: one array was clean, whatever its name or the table said.
  @Test func `one array is what the table or its name says`() throws {
    try add(["gaussian-0.5-s0", "b", "fog-3", "embeddings-0"])
    func one(_ name: String, list: String? = nil) throws -> (name: String?, remarks: [String]) {
      let found = try conditions(folder.path + "/" + name, list: list)
      return (found.places.keys.first?.name, found.remarks)
    }
    #expect(try one("gaussian-0.5-s0.npy") == ("gaussian-0.5-s0", []))
    #expect(try one("clean.csv") == ("clean", []))
    let fog = try one("fog-3.npy")
    #expect(fog.name == "fog-3")
    #expect(
      fog.remarks == [
        "\(folder.path)/fog-3.npy is taken for the kind fog of level 3, as its name says; where its images are "
          + "as they are, call it clean"
      ])
    let b = try one("b.npy")
    #expect(b.name == "clean" && b.remarks.first?.contains("b.npy is taken for clean") == true)
    #expect(try one("embeddings-0.npy").name == "clean")
    let list = "file,kind,level\nb.npy,mist,3\nfog-3,clean,0\n"
    #expect(try one("b.npy", list: list) == ("mist-3", []))
    #expect(try one("fog-3.npy", list: list) == ("clean", []))
    #expect(try one("other.npy", list: list).name == "clean")
    // A run's own list says it too.
    #expect(try one("b.npy", list: "name,noise,level,seed\nb,mist,2,\n").name == "mist-2")
  }

  @Test(arguments: ["gaussian-1", "blur-2-s0", "none-3", "clean-3"])
  func `an array alone whose name is nearly a condition is refused`(name: String) throws {
    try add([name])
    for path in [folder.path, "\(folder.path)/\(name).npy"] {
      #expect(error(path).hasPrefix("\(folder.path)/\(name).npy: its name is no condition: "))
    }
  }

  /// Regression: names were compared as texts, and files are told apart by bytes.
  @Test func `files in two spellings are two files`() throws {
    try add(["clean", "\u{E9}", "e\u{301}"])
    let found = try conditions(list: "file,kind,level\nclean,clean,0\n\u{E9}.npy,haze,1\n")
    let place = try #require(found.places.first { $0.key != .clean }?.value)
    #expect(place.utf8.elementsEqual("\(folder.path)/\u{E9}.npy".utf8))
    #expect(found.unused.map { Array($0.path.utf8) } == [Array("e\u{301}.npy".utf8)])
    let archive = folder.path + "/all.npz"
    let matrix = Matrix<Double>(rows: 1, columns: 1, values: [1])
    try AtomicFile.write(
      NumPyArchive.encode(["clean", "e\u{301}"].map { (name: $0, matrix: matrix) }), to: archive)
    #expect(
      error(archive, list: "file,kind,level\n\u{E9},haze,1\n").contains(
        "line 2, column file: there is no \u{E9} in \(archive); \"\u{E9}\" (bytes c3 a9) is spelled "
          + "otherwise there: \"e\u{301}\" (bytes 65 cc 81)"))
  }

  @Test(arguments: [
    (
      "file,kind,level\na,fog,1\na.npy,fog,2\n",
      "line 3, column file: a.npy stands on line 2 too, as fog-1; an array is of one condition"
    ),
    (
      "filename,kind,level\na,fog,1\n",
      "has no column \"file\"; its columns are filename, kind, level; expected file,kind,level,seed"
    ),
    (
      "name,noise,level,seed\na,fog,1,\na,fog,2,\n", "line 3: the name a stands on another line too"
    ),
  ])
  func `a table that says two things, or has other columns, is refused`(
    list: String, words: String
  ) throws {
    try add(["clean", "a"])
    #expect(error(list: list).hasPrefix("\(folder.path)/conditions.csv: "))
    #expect(error(list: list).contains(words), "\(error(list: list))")
  }

  @Test func `columns of a table that are not used are remarked`() throws {
    try add(["clean", "a"])
    let found = try conditions(list: "file,kind,level,note\nclean,clean,0,\na,fog,1,x\n")
    #expect(found.remarks.count == 1 && found.remarks[0].contains("the column \"note\""))
  }

  /// Regression: only names of `.npy` in the folder were found, and a table could not say where a file is.
  @Test func `a table names arrays by their paths`() throws {
    try add(["clean", "text"])
    let elsewhere = try TemporaryFolder()
    let absolute = try elsewhere.write("", "a.npy")
    for name in ["b.csv", "sub/c.npy", "d.safetensors"] { _ = try folder.write("", name) }
    let found = try conditions(
      list: """
        file,kind,level
        clean,clean,0
        \(absolute),fog,1
        b.csv,fog,2
        sub/c,fog,3
        d.safetensors:x,fog,4

        """)
    #expect(
      found.places.sorted { $0.key < $1.key }.map(\.value) == [
        folder.path + "/clean.npy", absolute, folder.path + "/b.csv", folder.path + "/sub/c.npy",
        folder.path + "/d.safetensors:x",
      ])
    #expect(found.unused.isEmpty)
    for missing in ["sub/none.npy", "text", "sub"] {
      let words =
        "line 2, column file: there is no \(missing) in \(folder.path); there are clean.npy"
      #expect(error(list: "file,kind,level\n\(missing),fog,1\n").contains(words))
    }
    #expect(
      error(list: "file,kind,level\nsub/c,fog,1\n./sub/c.npy,fog,2\n").contains(
        "line 3, column file: ./sub/c.npy stands on line 2 too, as fog-1"))
  }
}
