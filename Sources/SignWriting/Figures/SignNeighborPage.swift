import Analyses
import Files
import Foundation
import Images
import Pages
import Runs

/// A page that stands alone: of given signs the nearest by each model, as drawings, models below one another.
struct SignNeighborPage {
  /// A model.
  struct Model {
    let name: String
    let distribution: CosineDistribution
    /// The neighbours of each query.
    let neighbors: [[SignEmbeddings.Neighbor]]
  }

  let models: [Model]
  let sample: SignSample
  let queries: SignSample
  let seed: UInt64

  /// The side of a drawing on the page.
  private static let side = 78

  /// The page.
  ///
  /// - Throws: `FileError` naming a drawing that is damaged.
  func html() throws -> HTML {
    let shown = Set(models.flatMap(\.neighbors).flatMap { $0.map(\.row) }).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: zip(shown, shown.indices))
    let files = shown.map { sample.file(sample.entries[$0]) } + queries.entries.map(queries.file)
    let images = try files.map { file in
      try RGBImage(decoding: FileContents.read(file), file: file, transparency: .onWhite)
    }
    let thumbnails = try Thumbnails(images.cutToInk(margin: 6), side: Self.side)
    var page = PageDocument(
      title: "The nearest signs",
      facts: .paragraph(
        "\(sample.entries.count) distinct signs drawn with seed \(seed) · below each drawing what the sign "
          + "means and its cosine with the sign asked for", class: "facts"),
      styles: Self.styles + thumbnails.styles,
      source: "The same is in neighbors.csv, and the distributions in similarity.csv.")
    page.add("cosines", "Cosines of all pairs of signs", distributions())
    for (place, query) in queries.entries.enumerated() {
      let rows = models.map { model -> HTML in
        let cells = model.neighbors[place].map { neighbor -> HTML in
          let entry = sample.entries[neighbor.row]
          return
            "<td>\(Self.figure(thumbnails, numbers[neighbor.row] ?? 0, entry, neighbor.cosine))</td>"
        }.joined()
        return "<tr><th scope=\"row\">\(model.name)</th>\(cells)</tr>\n"
      }.joined()
      let most = models.map { $0.neighbors[place].count }.max() ?? 0
      let heads = (0..<most).map { rank -> HTML in "<th scope=\"col\">\(rank + 1)</th>" }.joined()
      page.add(
        "sign-\(place + 1)", "Sign \(place + 1)" + (query.text.isEmpty ? "" : ": \(query.text)"),
        """
        <div class="asked">\(thumbnails.html(shown.count + place, name: query.column.fsw))\
        <code>\(query.column.fsw)</code></div>
        <div class="table-box" tabindex="0" role="region" aria-label="The nearest signs">\
        <table class="near"><thead><tr><th scope="col">model</th>\(heads)</tr></thead><tbody>
        \(rows)</tbody></table></div>

        """)
    }
    return page.html
  }

  private func distributions() -> HTML {
    var table = SortableTable(columns: [
      .init(title: "model", isNumeric: false), .init(title: "mean µ", isNumeric: true),
      .init(title: "standard deviation σ", isNumeric: true),
      .init(title: "least", isNumeric: true), .init(title: "largest", isNumeric: true),
      .init(title: "pairs", isNumeric: true),
    ])
    for model in models {
      let distribution = model.distribution
      let numbers = [
        distribution.mean, distribution.standardDeviation, distribution.minimum,
        distribution.maximum,
      ].map { value -> HTML in
        "\(String(format: "%.3f", value).replacing("-", with: "−"))"
      }
      table.append(["\(model.name)"] + numbers + ["\(distribution.pairs)"])
    }
    return "<p id=\"table-cosines\">Of all pairs of signs of the sample, by each model.</p>\n"
      + table.html(labelledBy: "table-cosines", file: SimilaritySummaryColumns.file.pattern.text)
  }

  private static func figure(
    _ thumbnails: Thumbnails, _ number: Int, _ entry: SignSample.Entry, _ cosine: Float
  ) -> HTML {
    let value = String(format: "%.3f", cosine).replacing("-", with: "−")
    return """
      <figure>\(thumbnails.html(number, name: entry.column.fsw))\
      <figcaption>\(entry.text)<br>\(value)</figcaption></figure>
      """
  }

  /// Ten drawings stand beside each other where the window is wide.
  private static let styles: HTML = """
    header,footer,.page{max-width:none}
    .table-box{max-height:none}
    .near thead th{padding:.3rem}
    .near td,.near th[scope=row]{vertical-align:top;white-space:normal;padding:.3rem}
    .near th[scope=row]{min-width:6rem;overflow-wrap:anywhere}
    .near figure{width:\(side)px}
    .near figcaption{font-size:.75rem;line-height:1.3;overflow-wrap:anywhere}
    .asked{display:flex;gap:.8rem;align-items:center;margin:.4rem 0 .8rem}

    """
}
