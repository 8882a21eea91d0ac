import ArgumentParser
import Datasets
import Embedding
import Experiments
import Files
import Images
import LinearAlgebra
import RunAnalyses
import Runs
import Textures

struct TexturesCommand: ExecutingCommand {
  static let configuration = CommandConfiguration(
    commandName: "textures",
    abstract:
      "A labelled set of procedural textures in the \(Texture.describable.count) classes of DTD.",
    discussion: """
      Writes images/CLASS/CLASS_0001.png, labels/train1.txt, val1.txt and test1.txt (a third of each class \
      each) and captions.csv with the columns image_path,caption,label,split. The folder can be given to \
      --dataset; a sweep of --dataset textures draws its own and needs no files. Every image is drawn anew \
      from a seed: the same options give the same bytes for any number of threads, another size the same \
      patterns at that resolution, and a larger --per-class the same images and more.

      --contact-sheet writes a page with a row a class instead of the set, or beside it.

      Examples:
        topoclip textures --classes all --per-class 120 --size 224 --seed 0 --output data/textures
        topoclip textures --classes banded,striped,polka-dotted --per-class 30 --output few
        topoclip textures --classes 10 --class-seed 1 --per-class 60 --size 96 --output ten
        topoclip textures --classes further --per-class 90 --output new-classes
        topoclip textures --contact-sheet all.png --columns 8
      """)

  @Option(
    help:
      "all (the \(Texture.describable.count)), further (\(Texture.further.count) patterns that are none of them: \(Texture.further.map(\.name).joined(separator: ", "))), names, or how many to draw."
  )
  var classes = "all"
  @Option(help: "The seed that draws classes (default 0).")
  var classSeed: UInt64?
  @Option(help: ArgumentHelp("Images a class.", valueName: "n"))
  var perClass = 120
  @Option(help: "The side of an image in pixels, 16 to 2048.")
  var size = 224
  @Option(help: "The seed of all patterns.")
  var seed: UInt64 = 0
  @Option(
    help: ArgumentHelp("The folder to write; it may not hold anything yet.", valueName: "dir"))
  var output: String?
  @Option(
    help: ArgumentHelp("A page of the first images of every class.", valueName: "png"))
  var contactSheet: String?
  @Option(help: "Images a class on the contact sheet (default 8).")
  var columns: Int?
  @OptionGroup var execution: ExecutionOptions

  private static let sheetSize = 112

  func validate() throws {
    guard output != nil || contactSheet != nil else {
      throw ValidationError("name what to write: --output DIR, or --contact-sheet FILE.png")
    }
    guard output != "", contactSheet != "" else {
      throw ValidationError("--output and --contact-sheet: expected a path, found none")
    }
    guard (1...1_000_000).contains(perClass) else {
      throw ValidationError("--per-class \(perClass): expected 1 to 1000000")
    }
    let sizes = GeneratedTexture.sizes
    guard sizes.contains(size) else {
      throw ValidationError(
        "--size \(size): expected \(sizes.lowerBound) to \(sizes.upperBound)")
    }
    guard classSeed == nil || Int(classes) != nil else {
      throw ValidationError("--class-seed goes with a number of classes, as in --classes 10")
    }
    guard columns == nil || contactSheet != nil else {
      throw ValidationError("--columns goes with --contact-sheet")
    }
    guard (1...64).contains(columns ?? 8) else {
      throw ValidationError("--columns \(columns ?? 8): expected 1 to 64")
    }
    try asUsage { try requireSeparateFiles([output, contactSheet], inputs: []) }
  }

  private func chosen() throws -> [Texture] {
    do {
      return try Texture.chosen(by: classes, seed: classSeed ?? 0)
    } catch let error as TextureChoiceError {
      throw RunError.setting(place: "--classes \(classes)", problem: error.description)
    }
  }

  func run() throws {
    let chosen = try chosen()
    if let output {
      try TextureDataset(classes: chosen, perClass: perClass, size: size, seed: seed)
        .write(to: output, control: .interruptible(isQuiet: execution.quiet))
    }
    if let contactSheet {
      let page = TextureContactSheet.image(
        of: chosen, columns: columns ?? 8, size: Self.sheetSize,
        from: TextureStream(split: .train, seed: seed))
      try Interruption.check()
      try AtomicFile.write(page.pngData(), to: contactSheet)
    }
  }
}
