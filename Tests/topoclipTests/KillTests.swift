import Files
import Fixtures
import Foundation
import Testing

/// A sweep that is ended at any moment, by a crash or a signal, and run again gives the files of one that was
/// left alone, byte for byte, and leaves nothing behind.
///
/// `TOPOCLIP_KILLS=50` tries fifty moments, of a sweep of all analyses, in place of a few.
@Suite(.serialized)
struct KillTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let kills =
    ProcessInfo.processInfo.environment["TOPOCLIP_KILLS"].flatMap { Int($0) }

  private static let arguments =
    [
      "sweep", "--classes", "banded,dotted", "--limit", "12", "--levels", "0,1",
      "--set", "angles.null-draws=5", "--set", "topology.halvings=2", "--quiet",
    ] + (kills == nil ? ["--analyses", "zeroshot,geometry,topology"] : []) + ["--output"]

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private func start(_ run: String) throws -> RunningProgram {
    try RunningProgram(
      Self.arguments + [path(run)], environment: ["TMPDIR": path("scratch-\(run)")])
  }

  /// The files below a folder: all of them, hidden ones too.
  private func files(_ run: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: path(run))?.compactMap { $0 as? String }
    return (names ?? []).filter { name in
      var isFolder: ObjCBool = false
      return unsafe FileManager.default.fileExists(
        atPath: path(run) + "/" + name, isDirectory: &isFolder) && !isFolder.boolValue
    }.sorted()
  }

  /// What the files hold, except those that tell of times or of the process; what is finished of an analysis, in
  /// `units/`, has its keys in no order.
  private func contents(_ run: String) throws -> [String: Digest] {
    let names = files(run).filter {
      !["manifest.json", "report.html", "report.json"].contains($0) && !$0.hasPrefix(".")
        && !$0.hasPrefix("units/")
    }
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try Digest(ofFile: path(run) + "/" + $0)) })
  }

  /// Runs a sweep that is left alone.
  private func undisturbed() throws -> [String: Digest] {
    try FileManager.default.createDirectory(
      atPath: path("scratch-whole"), withIntermediateDirectories: true)
    let outcome = try start("whole").wait()
    try #require(outcome.code == 0, "\(outcome)")
    return try contents("whole")
  }

  /// Starts a sweep, sends it a signal once a share of its files is there, and runs it again to its end.
  ///
  /// - Returns: The exit code of the first, negative for the signal that ended it; and of the second.
  private func disturb(
    _ run: String, by signal: Int32, at share: Double, of count: Int
  ) throws -> (first: Int32, second: ProgramRun) {
    try FileManager.default.createDirectory(
      atPath: path("scratch-\(run)"), withIntermediateDirectories: true)
    let running = try start(run)
    if signal != SIGKILL { running.waitUntilInterruptible() }
    let goal = Int(share * Double(count))
    while running.process.isRunning, files(run).count < goal {
      Thread.sleep(forTimeInterval: 0.001)
    }
    // Not always just behind a rename.
    Thread.sleep(forTimeInterval: (share * 7919).truncatingRemainder(dividingBy: 1) * 0.02)
    kill(running.process.processIdentifier, signal)
    let first = running.wait()
    let isKilled = running.process.terminationReason == .uncaughtSignal
    return (isKilled ? -first.code : first.code, try start(run).wait())
  }

  private func check(
    _ signal: Int32, shares: [Double], _ codes: Set<Int32>
  ) throws {
    let whole = try undisturbed()
    #expect(whole.count > 30)
    for (index, share) in shares.enumerated() {
      let run = "run\(index)"
      let (first, second) = try disturb(run, by: signal, at: share, of: files("whole").count)
      #expect(codes.contains(first), "at \(share): \(first)")
      #expect(second.code == 0, "at \(share): \(second)")
      let resumed = try contents(run)
      let differing = Set(whole.keys).union(resumed.keys).filter { whole[$0] != resumed[$0] }
      #expect(differing.isEmpty, "at \(share): \(differing.sorted())")
      #expect(try FolderContents.leftovers(below: path(run)) == [], "at \(share)")
      #expect(files("scratch-\(run)") == [], "at \(share)")
      try FileManager.default.removeItem(atPath: path(run))
    }
  }

  @Test func `a sweep that is killed goes on as if nothing had been`() throws {
    let count = Self.kills ?? 4
    let shares = (0..<count).map { (Double($0) + 0.5) / Double(count) }
    // One that has ended before the signal came is as good.
    try check(SIGKILL, shares: shares, [-SIGKILL, 0])
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a sweep that is stopped goes on as if nothing had been`(signal: Int32) throws {
    try check(signal, shares: [0.01, 0.6], [75, 0])
  }
}
