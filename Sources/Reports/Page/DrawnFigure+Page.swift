import Pages

extension Sequence<DrawnFigure> {
  /// The figures as a page shows them, side by side where there is room; nothing where no file is there.
  ///
  /// - Throws: `FileError` when a file cannot be read.
  func html() throws -> HTML {
    let shown = try compactMap { figure in
      try PageFigure.source(svg: figure.svgPath, png: figure.pngPath).map { source in
        PageFigure.html(
          name: figure.name, source: source, caption: "\(figure.title). \(figure.caption)",
          isWide: figure.width == .twoColumns)
      }
    }
    return shown.isEmpty ? "" : "<div class=\"figures\">\n\(shown.joined())</div>\n"
  }
}
