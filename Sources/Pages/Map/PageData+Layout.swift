extension PageData {
  /// A layout that the map can show: its levels in one square.
  package struct Layout: Encodable, Sendable {
    package let method: String
    /// `own` or `joint`.
    package let frame: String
    /// `all` or `sample`.
    package let scope: String
    /// The samples' rows, as 32-bit numbers; nil for all of them.
    let rows: String?
    /// By index of the condition: x, y of every point from 0 to 65535, as 16-bit numbers.
    let levels: [String: String]
    /// By index of the condition: a sentence on how far to trust it.
    private var quality: [String: String] = [:]

    /// Packs positions: all levels by one scale and one origin.
    ///
    /// - Parameters:
    ///   - method: `tsne`, `umap` or `pca`.
    ///   - frame: `own` where each level was laid out alone, `joint` where all were together.
    ///   - scope: `all` for all images, `sample` for those of some classes.
    ///   - rows: The rows of the samples that are shown; nil for all.
    ///   - levels: By index of the condition: x, y of one point after another.
    package init(
      method: String, frame: String, scope: String, rows: [UInt32]?,
      levels: [(condition: Int, positions: [Double])]
    ) {
      (self.method, self.frame, self.scope) = (method, frame, scope)
      self.rows = rows.map(PageData.base64)
      let squares = Self.inUnitSquare(levels.map(\.positions))
      self.levels = Dictionary(
        uniqueKeysWithValues: zip(levels, squares).map {
          ("\($0.condition)", PageData.base64($1))
        })
    }

    /// The bytes of the positions on the page.
    package var byteCount: Int { levels.values.reduce(0) { $0 + $1.utf8.count } }

    /// Says how far to trust it under a condition.
    package mutating func note(_ sentence: String?, condition: Int) {
      quality["\(condition)"] = sentence
    }

    /// All levels by one scale and one origin, so that their square is 0 … 65535.
    static func inUnitSquare(_ levels: [[Double]]) -> [[UInt16]] {
      func ends(_ offset: Int) -> (low: Double, high: Double) {
        var (low, high) = (Double.infinity, -Double.infinity)
        for level in levels {
          for i in stride(from: offset, to: level.count, by: 2) {
            low = min(low, level[i])
            high = max(high, level[i])
          }
        }
        return (low, high)
      }
      let (x, y) = (ends(0), ends(1))
      let side = max(x.high - x.low, y.high - y.low)
      let scale = side > 0 ? 65_535 / side : 0
      let centers = [(x.low + x.high) / 2, (y.low + y.high) / 2]
      return levels.map { level in
        level.enumerated().map { index, value in
          UInt16(clamping: Int((32_767.5 + (value - centers[index % 2]) * scale).rounded()))
        }
      }
    }
  }
}
