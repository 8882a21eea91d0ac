import Fixtures
import Images
import Runs
import Testing

@testable import Reports

struct ImageFiguresTests {
  private func source(_ conditions: [String], in folder: TemporaryFolder) throws -> FigureSource {
    let image = RGBImage(width: 2, height: 2, pixels: [UInt8](repeating: 100, count: 12))
    _ = try folder.write(image.pngData(), "examples/a.png")
    var examples = "kind,class,noise,level,seed,row,file\n"
    for (index, condition) in conditions.enumerated() {
      let columns = (Condition(name: condition) ?? .clean).tableFields.joined(separator: ",")
      if index == 0 { examples += "class,a,\(columns),0,examples/a.png\n" }
      examples += "noise,a,\(columns),0,examples/a.png\n"
      _ = try folder.write("", "embeddings/\(condition).npy")
    }
    _ = try folder.write("row,path,class,split\n0,a/0,a,\n", "samples.csv")
    _ = try folder.write("index,class\n0,a\n", "classes.csv")
    _ = try folder.write(examples, "examples.csv")
    return FigureSource(try ReportedRun(folder.path))
  }

  @Test func `examples of a run without clean images say what they are of`() throws {
    let folder = try TemporaryFolder()
    let source = try source(["blur-2"], in: folder)
    #expect(
      try ImageFigures.examples.figures(source).map(\.caption) == [
        "One image a class under blur of severity 2, as there are no clean images, cropped as the model sees it."
      ])
    // The only level is noise, and shown as such.
    let noise = try ImageFigures.noise.figures(source)
    #expect(noise.map(\.name) == ["noise-blur"])
    #expect(noise[0].panels[0].labels.map(\.text) == ["severity 2", "a"])
  }

  @Test func `examples of clean images are called so`() throws {
    let folder = try TemporaryFolder()
    let source = try source(["clean", "blur-2"], in: folder)
    #expect(
      try ImageFigures.examples.figures(source).map(\.caption) == [
        "One clean image a class, cropped as the model sees it."
      ])
    let noise = try ImageFigures.noise.figures(source)
    #expect(noise[0].panels[0].labels.map(\.text) == ["clean", "severity 2", "a"])
    #expect(
      ImageFigures.caption([.clean, try #require(Condition(name: "blur-2"))])
        == "One image a class, not all under the same condition, cropped as the model sees it.")
  }
}
