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
    /// The contents by format.
    let files: [FigureFormat: Data]
    let size: FigureSize
    /// What gnuplot had to say though it finished; empty as a rule.
    let warning: String
  }

  /// Draws a figure; threads may draw several at once.
  ///
  /// - Parameters:
  ///   - figure: What to draw.
  ///   - options: The formats, and the width if it is not the figure's own.
  ///   - scratch: Where gnuplot reads and writes.
  /// - Returns: Its files.
  /// - Throws: `Failure`; `FileError` when there is no room for the scratch.
  func draw(
    _ figure: Figure, _ options: FigureOptions = FigureOptions(), in scratch: FigureScratch
  ) throws -> Drawing {
    let script = FigureScript(figure, options)
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
    var files: [FigureFormat: Data] = [:]
    for format in options.formats {
      let path = folder + "/" + FigureScript.fileName(format)
      guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)), !data.isEmpty else {
        throw Failure.failed(warning.isEmpty ? "it made no file" : warning)
      }
      // gnuplot does not look whether what it writes arrives.
      guard Self.isWhole(data, format) else {
        throw Failure.failed(
          (warning.isEmpty ? "" : warning + "; ") + "its file ends too early: is the disk full?")
      }
      files[format] = Self.finished(data, format, figure, script.size)
    }
    return Drawing(files: files, size: script.size, warning: warning)
  }

  private static func finished(
    _ data: Data, _ format: FigureFormat, _ figure: Figure, _ size: FigureSize
  ) -> Data {
    switch format {
    case .svg: SVGFile.finished(data, of: figure, size: size)
    case .png: PixelDensity.written(into: data, pixelsPerInch: FigureScript.pixelsPerInch)
    case .pdf: PDFFile.finished(data)
    }
  }

  private static func isWhole(_ data: Data, _ format: FigureFormat) -> Bool {
    switch format {
    case .svg:
      data.range(
        of: Data("</svg>".utf8), options: .backwards, in: max(0, data.count - 16)..<data.count)
        != nil
    case .png: data.suffix(8).starts(with: Data("IEND".utf8))
    case .pdf: PDFFile.isWhole(data)
    }
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
