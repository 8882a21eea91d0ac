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
  /// - Throws: `Failure`; `FileError` when there is no room for temporary files.
  func draw(_ figure: Figure) throws -> Drawing {
    let script = FigureScript(figure)
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "topoclip-figure-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for (name, data) in script.files { try data.write(to: folder.appending(path: name)) }
    } catch {
      throw FileError(folder.path, "cannot be written: \(error.localizedDescription)")
    }
    let warning = try run(script.text, in: folder.path)
    guard let svg = try? Data(contentsOf: folder.appending(path: FigureScript.svgName)),
      let png = try? Data(contentsOf: folder.appending(path: FigureScript.pngName)),
      !svg.isEmpty, !png.isEmpty
    else { throw Failure.failed(warning.isEmpty ? "it made no file" : warning) }
    return Drawing(
      svg: SVGFile.finished(
        svg, name: figure.name, title: figure.title, size: script.size,
        hasHeatMap: figure.panels.contains(where: \.hasHeatMap)), png: png, size: script.size,
      warning: warning)
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
