import Foundation

/// The memory that a computation may take.
public enum MemoryEstimate {
  /// The bytes that this process can still take without swapping; nil where the system does not say.
  ///
  /// On Linux: what the kernel holds to be available, or what the control group of the process (of
  /// either version) leaves of its limit, whichever is less.
  public static func availableMemory() -> Int? {
    func text(_ path: String) -> String {
      (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
    let left = controlGroups(text("/proc/self/cgroup")).compactMap { group in
      available(
        limit: text(group.limit), usage: text(group.usage), statistics: text(group.statistics))
    }
    let inAll = available(inMeminfo: text("/proc/meminfo"))
    return (left + (inAll.map { [$0] } ?? [])).min()
  }

  /// So few bytes are there, or nothing is: to ask takes longer than the diagrams of small clouds.
  private static let fewBytes = 16 << 20

  /// Refuses what cannot fit.
  ///
  /// - Parameters:
  ///   - bytes: What is needed.
  ///   - what: What needs it, for the message.
  ///   - advice: What to do instead, for the message.
  /// - Throws: `TopologyError.tooLarge` with the estimate, the memory there is and the advice.
  public static func require(_ bytes: Int, what: String, advice: String) throws {
    guard bytes > fewBytes, let available = availableMemory(), bytes > available else { return }
    throw TopologyError.tooLarge(
      what: what, neededBytes: bytes, availableBytes: available, advice: advice)
  }

  /// The line `MemAvailable:`, in bytes.
  static func available(inMeminfo text: String) -> Int? {
    let prefix = "MemAvailable:"
    let line = text.split(separator: "\n").first { $0.hasPrefix(prefix) }
    return line.flatMap { Int($0.dropFirst(prefix.count).filter(\.isNumber)) }.map { $0 * 1024 }
  }

  /// What a control group's files say is left; nil when it sets no limit.
  ///
  /// Cached files count as used there, and those not in recent use are given back on demand.
  static func available(limit: String, usage: String, statistics: String) -> Int? {
    guard let limit = Int(limit.filter { !$0.isWhitespace }),
      let usage = Int(usage.filter { !$0.isWhitespace })
    else { return nil }
    let inactive = statistics.split(separator: "\n").compactMap { line -> Int? in
      let words = line.split(separator: " ")
      guard words.count == 2, ["inactive_file", "total_inactive_file"].contains(words[0]) else {
        return nil
      }
      return Int(words[1])
    }
    return max(limit - max(usage - (inactive.max() ?? 0), 0), 0)
  }

  /// The files that say what a control group may and does use.
  struct ControlGroup: Equatable {
    let limit: String
    let usage: String
    let statistics: String
  }

  /// The control groups that limit the memory of a process with that `/proc/self/cgroup`: the
  /// group's own and, as a container sees it, the root's.
  static func controlGroups(_ text: String) -> [ControlGroup] {
    var groups: [ControlGroup] = []
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { continue }
      let isUnified = fields[0] == "0" && fields[1].isEmpty
      guard isUnified || fields[1].split(separator: ",").contains("memory") else { continue }
      let base = isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
      for folder in Set([base, base + (fields[2] == "/" ? "" : fields[2])]).sorted() {
        groups.append(
          ControlGroup(
            limit: folder + (isUnified ? "/memory.max" : "/memory.limit_in_bytes"),
            usage: folder + (isUnified ? "/memory.current" : "/memory.usage_in_bytes"),
            statistics: folder + "/memory.stat"))
      }
    }
    return groups
  }
}
