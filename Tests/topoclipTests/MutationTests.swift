import Fixtures
import Foundation
import Testing

/// Damaged files and options, of which the program says what is wrong, or does its work.
///
/// No signal ends it, and neither memory nor time runs away.
///
/// In the suite each kind is damaged a few times, always alike. `TOPOCLIP_MUTATIONS=1000` does so a thousand
/// times each, and `TOPOCLIP_MUTATION_SEED=1` in other ways; what fails is kept, in a folder that the message
/// names.
struct MutationTests {
  private static func number(_ name: String, or fallback: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? fallback
  }

  private static let count = number("TOPOCLIP_MUTATIONS", or: 5)
  private static let seed = UInt64(number("TOPOCLIP_MUTATION_SEED", or: 0))
  /// Kilobytes of address space: far above what any of the small inputs needs.
  private static let mostMemory = 6_000_000
  /// Seconds of processor time, likewise.
  private static let mostSeconds = 20

  @Test(arguments: MutationKind.all)
  func `damage is told, or does no harm`(kind: MutationKind) throws {
    let folder = try MutationFolder(withModel: kind.file.hasPrefix("m/"))
    let file = URL(filePath: folder.path).appending(path: kind.file)
    let whole = try Data(contentsOf: file)
    let untouched = try outcome(of: kind, in: folder, text: whole)
    #expect(untouched.isExpected, "\(kind): \(untouched)")
    for index in 0..<Self.count {
      var mutator = Mutator(seed: Self.seed << 32 + UInt64(index))
      let damaged = mutator.mutated(whole)
      try damaged.write(to: file)
      let outcome = try outcome(of: kind, in: folder, text: damaged)
      try? FileManager.default.removeItem(atPath: folder.path + "/o")
      guard !outcome.isExpected else { continue }
      let kept = FileManager.default.temporaryDirectory.appending(
        path:
          "topoclip-mutation-\(kind.description.replacing(" ", with: "-"))-\(Self.seed)-\(index)")
      try? damaged.write(to: kept)
      Issue.record("\(kind), mutation \(index) of seed \(Self.seed), in \(kept.path): \(outcome)")
    }
  }

  /// How a process ended.
  private struct Outcome: CustomStringConvertible {
    let code: Int32
    let isSignal: Bool
    let error: String

    /// Done, failed with a message, or refused with one.
    var isExpected: Bool { !isSignal && (code == 0 || [1, 2].contains(code) && !error.isEmpty) }

    var description: String {
      "\(isSignal ? "signal" : "exit code") \(code): \(error.suffix(2000))"
    }
  }

  private func outcome(of kind: MutationKind, in folder: MutationFolder, text: Data) throws
    -> Outcome
  {
    // An argument ends at its first zero byte.
    let argument = String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
    let arguments = kind.arguments.map { $0 == "MUTATED" ? argument : $0 }
    // Arguments that the system does not take are no damage to the program.
    if argument.utf8.count > 100_000, arguments != kind.arguments {
      return Outcome(code: 0, isSignal: false, error: "")
    }
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "topoclip")
    process.arguments =
      [
        "-c",
        "export SWIFT_BACKTRACE=enable=no; ulimit -c 0; ulimit -v \(Self.mostMemory); ulimit -t \(Self.mostSeconds); "
          + "exec \"$0\" \"$@\" <input.txt >/dev/null 2>error.txt",
        program.path,
      ] + arguments
    process.currentDirectoryURL = URL(filePath: folder.path)
    try process.run()
    process.waitUntilExit()
    let error = try Data(contentsOf: URL(filePath: folder.path).appending(path: "error.txt"))
    return Outcome(
      code: process.terminationStatus, isSignal: process.terminationReason == .uncaughtSignal,
      error: String(decoding: error.suffix(4000), as: UTF8.self))
  }
}
