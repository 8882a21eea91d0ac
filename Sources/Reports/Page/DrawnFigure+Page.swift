import Pages

extension DrawnFigure {
  /// The kind of noise that it is of, of those of the run: its name ends with it; nil where it is of all.
  func noise(of noises: [String]) -> String? {
    let own = name.replacing(/\.[0-9]+$/, with: "")
    return noises.filter { own.hasSuffix("-\($0)") }.max { $0.count < $1.count }
  }

  /// What its name begins with before the kind of noise.
  func stem(of noises: [String]) -> String {
    let own = name.replacing(/\.[0-9]+$/, with: "")
    let end = noise(of: noises) ?? (noises.isEmpty ? NoiseSeries.cleanName : nil)
    guard let end, own.hasSuffix("-\(end)") else { return own }
    return String(own.dropLast(end.count + 1))
  }
}

extension Sequence<DrawnFigure> {
  /// The figures as a page shows them, side by side where there is room; nothing where no file is there.
  ///
  /// - Throws: `FileError` when a file cannot be read.
  func html() throws -> HTML {
    let shown = try compactMap { figure in
      try PageFigure.source(svg: figure.svgPath, png: figure.pngPath).map { source in
        PageFigure.html(
          name: figure.name, source: source,
          caption: figure.title + (figure.title.hasSuffix("?") ? " " : ". ") + figure.caption,
          isWide: figure.width == .twoColumns,
          suitsDark: try PageFigure.suitsDark(svg: figure.svgPath),
          files: [
            ("SVG", "figures/\(figure.name).svg"), ("PNG", "figures/\(figure.name).png"),
          ])
      }
    }
    return shown.isEmpty ? "" : "<div class=\"figures\">\n\(shown.joined())</div>\n"
  }
}
