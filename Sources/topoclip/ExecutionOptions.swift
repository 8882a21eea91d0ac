import ArgumentParser
import Images
import LinearAlgebra

/// The options that change how a command runs and never what it computes.
struct ExecutionOptions: ParsableArguments {
  @Option(help: "Worker threads (default all cores); never changes a result.")
  var threads: Int?
  @Option(
    help: ArgumentHelp(
      """
      The most pixels of an image that is read, from a file or a pair (default \
      \(RGBImage.standardPixelLimit), where Pillow refuses a file as a decompression bomb). A larger image \
      is refused before it is decoded: each thread takes three bytes a pixel and more.
      """, valueName: "count"))
  var maxPixels: Int?
  @Flag(help: "No progress on standard error.")
  var quiet = false

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads \(threads): expected 1 to 1024")
    }
    let pixels = 1...Self.largestPixelLimit
    if let maxPixels, !pixels.contains(maxPixels) {
      throw ValidationError("--max-pixels \(maxPixels): expected 1 to \(pixels.upperBound)")
    }
  }

  /// The pixels of the largest JPEG that libjpeg reads.
  private static let largestPixelLimit = 65_500 * 65_500

  /// Makes the options hold for the process.
  func apply() {
    if let threads { Parallel.workers = threads }
    if let maxPixels { RGBImage.pixelLimit = maxPixels }
  }
}
