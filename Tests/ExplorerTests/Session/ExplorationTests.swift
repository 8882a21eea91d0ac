import Files
import Fixtures
import Foundation
import Images
import LinearAlgebra
import RunFixtures
import Runs
import Testing
import Textures

@testable import Explorer

struct ExplorationTests {
  private let images: SmallImages

  /// Twenty images: enough for a map by UMAP.
  init() throws { images = try SmallImages(20) }

  private func opened(
    newMap: Bool = false, _ change: (inout ExplorationOptions) -> Void = { _ in }
  ) throws -> Exploration {
    var options = ExplorationOptions(path: images.path)
    options.isQuiet = true
    options.makesNewMap = newMap
    change(&options)
    return try Exploration(options)
  }

  private func places(_ exploration: Exploration) throws -> [String: [Float]] {
    let set = try #require(exploration.imageSet(.clean))
    return Dictionary(
      uniqueKeysWithValues: set.located.rows.map { row in
        (set.images[row].path, [set.positions[row, 0], set.positions[row, 1]])
      })
  }

  @Test func `a folder is embedded, laid out and searched, and its broken files are told`() throws {
    try images.write(Data("no image".utf8), "broken.jpg")
    try images.write(
      Data(#"{"3": {"kind": "old", "year": 1999}, "nobody": {"kind": "new"}}"#.utf8),
      "metadata.json")
    let exploration = try opened()
    #expect(exploration.imageSet(.clean)?.images.isEmpty == true)
    #expect(throws: SearchError.self) {
      try exploration.search(SearchRequest(examples: [.init(row: 0)]), .clean)
    }
    try exploration.work()
    #expect(exploration.progress.stage == .ready)
    let set = try #require(exploration.imageSet(.clean))
    #expect(set.images.count == 21 && set.embedded.population == 20)
    #expect(set.located == set.embedded && set.positions.values.allSatisfy(\.isFinite))
    #expect(set.problems.contains { $0.subject == "broken.jpg" })
    #expect(set.problems.contains { "\($0)".contains("nobody") })
    #expect(set.columns.map(\.key) == ["kind", "year"])
    let row = try #require(set.images.firstIndex { $0.id == "3" })
    #expect((set.images[row].width, set.images[row].height) == (23, 21))
    let near = try exploration.search(SearchRequest(examples: [.init(row: row)], count: 3), .clean)
    #expect(near.hits.count == 3 && near.hits[0].row == row && near.candidateCount == 20)
    #expect(abs(near.hits[0].cosine - 1) < 1e-5)
    let marker = try exploration.place("a striped texture", .clean)
    #expect(marker.x.isFinite && marker.spread.isFinite && marker.rows.count == 15)
    let picture = try #require(try exploration.thumbnail(row: row))
    #expect(try RGBImage(decoding: picture, file: "thumbnail").width == 23)
    let file = try #require(try exploration.original(row: row))
    #expect(file.mediaType == "image/png")
    #expect(try file.data == FileContents.read(images.path + "/3.png"))
    #expect(try exploration.spriteSheet(0) != nil && exploration.spriteSheet(1) == nil)
    #expect(try exploration.thumbnail(row: 21) == nil && exploration.original(row: -1) == nil)
  }

  @Test func `what comes later is placed, and nothing else moves until a new map is asked for`()
    throws
  {
    let before = try {
      let exploration = try opened()
      try exploration.work()
      return try places(exploration)
    }()
    // A copy of an image that is there stands where its like stand.
    for number in [100, 101] { try images.write(number, "\(number).png") }
    try images.remove("7.png")
    let later = try {
      let exploration = try opened()
      try exploration.work()
      #expect(exploration.notes.contains { $0.contains("2 of 21 images came after") })
      return try places(exploration)
    }()
    #expect(later.count == 21)
    for (path, place) in before where path != "7.png" { #expect(later[path] == place, "\(path)") }
    let remade = try {
      let exploration = try opened(newMap: true)
      try exploration.work()
      #expect(!exploration.notes.contains { $0.contains("came after") })
      return try places(exploration)
    }()
    #expect(remade.keys == later.keys && remade != later)
  }

  @Test func `what is saved is there again, of the images that are still there`() throws {
    try {
      let exploration = try opened()
      #expect(throws: SearchError.self) {
        try exploration.save(.selection, name: "early", Data())
      }
      try exploration.work()
      let set = try #require(exploration.imageSet(.clean))
      let chosen = RowMask(count: 20) { ["3", "7", "12"].contains(set.images[$0].id) }
      try exploration.save(.selection, name: "mine", Data(chosen.bytes))
      try exploration.save(.query, name: "view", Data("#q=wood".utf8))
      #expect(throws: SearchError.self) {
        try exploration.save(.selection, name: "long", Data(count: 4))
      }
    }()
    try images.remove("7.png")
    try images.move("12.png", to: "a.png")
    let exploration = try opened()
    try exploration.work()
    let set = try #require(exploration.imageSet(.clean))
    let bytes = try #require(try exploration.saved(.selection, name: "mine"))
    let mask = try #require(RowMask(count: 19, bytes: bytes))
    #expect(mask.rows.map { set.images[$0].id } == ["3", "a"])
    #expect(try exploration.saved(.query, name: "view") == Data("#q=wood".utf8))
    #expect(try exploration.savedNames(.selection) == ["mine"])
    #expect(try exploration.forget(.selection, name: "mine"))
    #expect(try exploration.saved(.selection, name: "mine") == nil)
  }

  @Test func `whoever listens hears of the end, and once it is over at once`() async throws {
    let exploration = try opened()
    let heard = Task {
      var stages: [ExplorationProgress.Stage] = []
      for await progress in exploration.progressUpdates() { stages.append(progress.stage) }
      return stages
    }
    await withCheckedContinuation { done in
      Thread.detachNewThread {
        #expect(throws: Never.self) { try exploration.work() }
        done.resume()
      }
    }
    #expect(await heard.value.last == .ready)
    var late: [ExplorationProgress.Stage] = []
    for await progress in exploration.progressUpdates() { late.append(progress.stage) }
    #expect(late == [.ready])
  }

  @Test func `a run is explored by its own embeddings, without its images too`() throws {
    let points = Matrix<Float>([[1, 0], [0, 1], [0.6, 0.8], [-1, 0]])
    let run = try HandmadeRun(["clean": points], classes: ["a", "b", "a", "b"])
    try run.table(
      "samples.csv", "row,path,class,split", "0,d.png,a,train", "1,c.png,b,test", "2,b.png,a,train",
      "3,a.png,b,test")
    try run.table("classes.csv", "index,class", "0,a", "1,b")
    var options = ExplorationOptions(path: run.run.path)
    options.isQuiet = true
    // The store is let go of before it is opened again.
    try {
      let exploration = try Exploration(options)
      try exploration.work()
      let set = try #require(exploration.imageSet(.clean))
      #expect(set.images.map(\.path) == ["a.png", "b.png", "c.png", "d.png"])
      #expect(set.embedded.population == 4 && set.located.population == 4)
      #expect(exploration.modelName == nil && exploration.dimension == 2)
      #expect(exploration.notes.contains { $0.contains("texts cannot be searched for") })
      let near = try exploration.search(SearchRequest(examples: [.init(row: 1)], count: 4), .clean)
      #expect(near.hits.map(\.row) == [1, 2, 3, 0])
      let refused = #expect(throws: SearchError.self) {
        try exploration.search(SearchRequest(prompts: [.init(text: "wood")]), .clean)
      }
      #expect(refused?.description.contains("no model") == true)
      #expect(try exploration.original(row: 0) == nil && exploration.thumbnail(row: 0) == nil)
    }()
    // A model that was asked for and whose embeddings are others'.
    options.model = "builtin"
    let other = try Exploration(options)
    try other.work()
    let error = #expect(throws: SearchError.self) {
      try other.search(SearchRequest(prompts: [.init(text: "wood")]), .clean)
    }
    #expect(error?.description.contains("128") == true)
  }

  @Test func `metadata under a key that the run has keeps both apart`() throws {
    let points = Matrix<Float>([[1, 0], [0, 1]])
    let run = try HandmadeRun(["clean": points], classes: ["a", "b"])
    try run.table("samples.csv", "row,path,class,split", "0,a.png,a,train", "1,b.png,b,test")
    try run.table("classes.csv", "index,class", "0,a", "1,b")
    var options = ExplorationOptions(path: run.run.path)
    options.isQuiet = true
    options.metadata = try run.folder.write(
      "path,split,note\na.png,mine,x\nb.png,yours,y\n", "more.csv")
    let exploration = try Exploration(options)
    try exploration.work()
    let set = try #require(exploration.imageSet(.clean))
    #expect(set.columns.map(\.key) == ["class", "split", "metadata.split", "note"])
    #expect(exploration.notes.contains { $0.contains("metadata.split") })
    let own = try exploration.rows(passing: [.isOne(key: "split", of: ["train"])], .clean)
    let others = try exploration.rows(
      passing: [.isOne(key: "metadata.split", of: ["yours"])], .clean)
    #expect(own.rows == [0] && others.rows == [1])
  }

  @Test func `the map of an earlier start is shown while what is new is embedded`() throws {
    let before = try {
      let exploration = try opened()
      try exploration.work()
      return try places(exploration)
    }()
    try images.write(500, "500.png")
    let exploration = try opened()
    let vectors = try exploration.embed(exploration.read())
    #expect(try places(exploration) == before && vectors.embedded.population == 21)
    #expect(try exploration.place("stripes", .clean).rows.count == 15)
    try exploration.locate(vectors)
    #expect(try places(exploration).count == 21)
  }

  @Test func `a file that is no image is not handed out`() throws {
    try images.write(Data("secret".utf8), "notes.jpg")
    let exploration = try opened()
    try exploration.work()
    let set = try #require(exploration.imageSet(.clean))
    let row = try #require(set.images.firstIndex { $0.path == "notes.jpg" })
    #expect(try exploration.original(row: row) == nil)
  }

  @Test
  func `a store that is open elsewhere, a path that is nothing and a model that is none are told`()
    throws
  {
    let exploration = try opened()
    let taken = #expect(throws: FileError.self) { try opened() }
    #expect(taken?.description.contains("another explorer") == true)
    try exploration.work()
    let absent = #expect(throws: FileError.self) {
      try Exploration(ExplorationOptions(path: images.path + "/absent"))
    }
    #expect(absent?.description.contains("no such folder") == true)
    #expect(throws: FileError.self) { try opened { $0.model = "bultin" } }
    try images.write(Data(#"{"3": {"year": 1}, "3.png": {"year": 2}}"#.utf8), "metadata.json")
    let twice = #expect(throws: FileError.self) { try opened() }
    #expect(twice?.description.contains("metadata.json") == true)
  }
}
