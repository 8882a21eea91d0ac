import Foundation

/// The processors that this process may use.
enum ProcessorCount {
  /// Those that its affinity mask allows, which schedulers and containers set; never below one.
  static let online: Int = {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    return allowed(inStatus: status) ?? ProcessInfo.processInfo.activeProcessorCount
  }()

  /// The number of set bits of the line `Cpus_allowed:`, hexadecimal words separated by commas.
  static func allowed(inStatus status: String) -> Int? {
    let prefix = "Cpus_allowed:"
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(prefix) }) else {
      return nil
    }
    let count = line.dropFirst(prefix.count).compactMap(\.hexDigitValue)
      .reduce(0) { $0 + $1.nonzeroBitCount }
    return count > 0 ? count : nil
  }
}
