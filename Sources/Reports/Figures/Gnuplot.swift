import CGnuplot
import Files
import Foundation

/// gnuplot, which draws figures in a process of its own.
struct Gnuplot: Sendable {
  /// The program's name, looked up in PATH, or its path.
  var program = "gnuplot"

  /// Why a figure was not drawn.
  enum Failure: Error, Equatable {
    /// There is no such program.
    case notInstalled
    /// gnuplot stopped; its own words.
    case failed(String)
  }

  /// The files of a figure.
  struct Drawing: Sendable {
    let svg: Data
    let png: Data
    let size: FigureSize
    /// What gnuplot had to say though it finished; empty as a rule.
    let warning: String
  }

  /// Draws a figure; threads may draw several at once.
  ///
  /// - Parameters:
  ///   - figure: What to draw.
  ///   - scratch: Where gnuplot reads and writes.
  /// - Returns: Its files.
  /// - Throws: `Failure`; `FileError` when there is no room for the scratch.
  func draw(_ figure: Figure, in scratch: FigureScratch) throws -> Drawing {
    let script = FigureScript(figure)
    let folder = try scratch.newFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, data) in script.files {
      do {
        try data.write(to: URL(fileURLWithPath: folder + "/" + name))
      } catch {
        throw FileError(folder + "/" + name, "cannot be written", error)
      }
    }
    let warning = try run(script.text, in: folder)
    let svg = try? Data(contentsOf: URL(fileURLWithPath: folder + "/" + FigureScript.svgName))
    let png = try? Data(contentsOf: URL(fileURLWithPath: folder + "/" + FigureScript.pngName))
    guard let svg, let png, !svg.isEmpty, !png.isEmpty else {
      throw Failure.failed(warning.isEmpty ? "it made no file" : warning)
    }
    // gnuplot does not look whether what it writes arrives.
    guard Self.isWhole(svg: svg), Self.isWhole(png: png) else {
      throw Failure.failed(
        (warning.isEmpty ? "" : warning + "; ") + "its file ends too early: is the disk full?")
    }
    return Drawing(
      svg: SVGFile.finished(
        svg, name: figure.name, title: figure.title, size: script.size,
        hasHeatMap: figure.panels.contains(where: \.hasHeatMap)), png: png, size: script.size,
      warning: warning)
  }

  private static func isWhole(svg: Data) -> Bool {
    let end = Data("</svg>".utf8)
    return svg.range(of: end, options: .backwards, in: max(0, svg.count - 16)..<svg.count) != nil
  }

  private static func isWhole(png: Data) -> Bool {
    png.suffix(8).starts(with: Data("IEND".utf8))
  }

  /// Runs a script and returns gnuplot's warnings.
  func run(_ script: String, in folder: String) throws -> String {
    var message = [CChar](repeating: 0, count: 4096)
    let outcome = unsafe gnuplot_run(
      program, folder, script, script.utf8.count, &message, message.count)
    let bytes = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let text = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty && $0 != "^" }
      .joined(separator: "; ")
    switch outcome {
    case GNUPLOT_FINISHED: return text
    case GNUPLOT_NOT_INSTALLED: throw Failure.notInstalled
    default: throw Failure.failed(text)
    }
  }
}
