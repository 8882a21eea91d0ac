import Files
import Foundation

/// Progress on standard error: a line that is redrawn on a terminal, a line every few seconds elsewhere.
package struct ProgressBar {
  private let label: String
  private let total: Int
  private let isQuiet: Bool
  private let isTerminal = isatty(STDERR_FILENO) != 0
  private let start = ContinuousClock.now
  private var lastShown = ContinuousClock.now
  private var done = 0

  /// Progress towards `total` items called `label`, such as "images".
  package init(_ label: String, total: Int, isQuiet: Bool) {
    self.label = label
    self.total = total
    self.isQuiet = isQuiet || total == 0
  }

  /// Counts `count` more items and shows it when it is time.
  package mutating func advance(by count: Int) {
    done += count
    let now = ContinuousClock.now
    let interval: Duration = isTerminal ? .milliseconds(100) : .seconds(5)
    guard !isQuiet, done == total || now - lastShown >= interval else { return }
    lastShown = now
    let elapsed = (now - start) / .seconds(1)
    let rate = Double(done) / max(elapsed, 1e-9)
    let text = Self.line(label: label, done: done, total: total, rate: rate)
    let drawn = isTerminal ? "\r\u{1B}[K" + text + (done == total ? "\n" : "") : text + "\n"
    StandardStreams.error(drawn)
  }

  package static func line(label: String, done: Int, total: Int, rate: Double) -> String {
    let width = 24
    let filled = min(width, width * done / max(total, 1))
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    let left = Double(total - done) / rate
    return "[\(bar)] \(done)/\(total) \(label), \(String(format: "%.1f", rate)) a second, "
      + (done == total ? "done" : "\(duration(left)) left")
  }

  /// Seconds as a person says them: `48 s`, `12 min 05 s`, `3 h 07 min`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds < 1e15 else { return "unknown" }
    let whole = Int(seconds.rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(String(format: "%02d", whole % 60)) s" }
    return "\(whole / 3600) h \(String(format: "%02d", whole / 60 % 60)) min"
  }
}
