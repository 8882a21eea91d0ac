import Foundation

/// A place on an axis with its label.
struct Tick: Equatable, Sendable {
  let value: Double
  let label: String
}

/// Ranges and ticks of axes.
enum Scale {
  /// The range of the numbers, a share of its width wider at both ends; never empty.
  static func range(
    of values: some Sequence<Double>, from lowest: Double? = nil, margin: Double = 0.05
  ) -> ClosedRange<Double> {
    let finite = values.filter(\.isFinite)
    let low = min(lowest ?? .infinity, finite.min() ?? lowest ?? 0)
    let high = max(finite.max() ?? low, low)
    guard high > low else {
      let half = max(abs(low) / 2, 0.5)
      return lowest == low ? low...low + 2 * half : low - half...low + half
    }
    let room = margin * (high - low)
    return (lowest == low ? low : low - room)...high + room
  }

  /// Ticks at multiples of 1, 2 or 5 times a power of ten, about `count` of them; numbers with many zeros
  /// are written with powers of ten.
  static func linear(_ range: ClosedRange<Double>, count: Int = 5) -> [Tick] {
    let width = range.upperBound - range.lowerBound
    guard width > 0, width.isFinite else {
      return [Tick(value: range.lowerBound, label: decimal(range.lowerBound, 0))]
    }
    let rough = width / Double(max(count, 1))
    let power = pow(10, floor(log10(rough)))
    let steps = [1, 2, 5, 10].map { $0 * power }
    // The nearest in proportion.
    let step = steps.min { abs(log($0 / rough)) < abs(log($1 / rough)) } ?? power
    // Numbers so small that their powers of ten are none are all one tick.
    let places = -floor(log10(step) + 1e-9)
    guard step > 0, places <= 300 else {
      return [Tick(value: range.lowerBound, label: decimal(range.lowerBound, 0))]
    }
    let largest = max(abs(range.lowerBound), abs(range.upperBound))
    // Numbers that differ in their last digits only are all one tick.
    guard step > 1e-9 * largest else {
      return [Tick(value: range.lowerBound, label: label(range.lowerBound, mostDecimals))]
    }
    let needsPowers = Int(places) > mostDecimals || largest >= leastPower
    let slack = width * 1e-9
    let first = ((range.lowerBound - slack) / step).rounded(.up)
    let last = ((range.upperBound + slack) / step).rounded(.down)
    guard first <= last else { return [] }
    return stride(from: first, through: last, by: 1).map {
      let value = $0 == 0 ? 0 : $0 * step
      return Tick(
        value: $0 * step,
        label: needsPowers ? label(value, Int(places)) : decimal(value, max(0, Int(places))))
    }
  }

  /// The most decimals that a tick is written with.
  private static let mostDecimals = 5
  /// From here on numbers are written with powers of ten.
  private static let leastPower = 1e7

  /// `1.2×10⁻¹⁵`: a number of so many decimals with a power of ten.
  private static func label(_ value: Double, _ decimals: Int) -> String {
    guard value != 0 else { return "0" }
    let exponent = Int(floor(log10(abs(value)) + 1e-9))
    if abs(exponent) <= 3 { return decimal(value, max(0, decimals)) }
    let mantissa = decimal(value / pow(10, Double(exponent)), max(0, decimals + exponent))
    return "\(mantissa)×\(powerOfTen(exponent))"
  }

  /// `10⁻²`.
  static func powerOfTen(_ exponent: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return "10"
      + "\(exponent)".map { $0 == "-" ? "⁻" : String(digits[$0.wholeNumberValue ?? 0]) }
      .joined()
  }

  /// A number with so many decimals and a minus sign that is one: `−0.25`.
  static func decimal(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", value).replacing("-", with: "−")
  }

  /// Where the line for infinity lies above numbers up to `highest`: apart from all of them.
  static func infinity(above highest: Double) -> Double { highest > 0 ? 1.12 * highest : 1 }

  /// The points without those that lie, at the size of a figure, on one before them.
  ///
  /// - Parameters:
  ///   - points: Rows of x and y.
  ///   - x: The range of the axis across.
  ///   - y: The range of the axis up.
  /// - Returns: The first point of each cell of a 700th of both axes, in their order.
  static func thinned(
    _ points: [[Double]], x: ClosedRange<Double>, y: ClosedRange<Double>
  ) -> [[Double]] {
    struct Cell: Hashable {
      let column: Double
      let row: Double
    }
    func cell(_ value: Double, _ range: ClosedRange<Double>) -> Double {
      (700 * (value - range.lowerBound) / (range.upperBound - range.lowerBound)).rounded()
    }
    var seen: Set<Cell> = []
    return points.filter { seen.insert(Cell(column: cell($0[0], x), row: cell($0[1], y))).inserted }
  }
}
