import Foundation
import LinearAlgebra

/// The machine.
package struct Machine: Codable, Sendable {
  package var name: String
  package var system: String
  package var processor: String
  package var threads: Int
  package var memoryBytes: UInt64
  package var blasCore: String
  package var blasConfiguration: String

  package enum CodingKeys: String, CodingKey {
    case name, system, processor, threads
    case memoryBytes = "memory_bytes"
    case blasCore = "blas_core"
    case blasConfiguration = "blas_configuration"
  }

  /// The machine this process runs on.
  package static func current() -> Machine {
    let information = ProcessInfo.processInfo
    return Machine(
      name: information.hostName, system: information.operatingSystemVersionString,
      processor: processorName(), threads: Parallel.workers,
      memoryBytes: information.physicalMemory, blasCore: BLAS.coreName,
      blasConfiguration: BLAS.configuration)
  }

  private static func processorName() -> String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
  }
}
