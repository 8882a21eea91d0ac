import Files
import Fixtures
import Foundation
import Testing

/// Folders that hold somebody's files, another user's lock, or a run that was edited, as the program meets them.
@Suite(.serialized)
struct SpoiltFoldersProgramTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private static let foreign = "d/lock: was not written by this program"

  @Test(arguments: [
    (["report", "d"], "d: is no run directory"), (["zeroshot", "d"], "samples.csv"),
    (["sweep", "--dataset", "none", "--output", "d", "--no-report"], foreign),
    (["embed", "none", "--model", "builtin", "--output", "d"], foreign),
  ])
  func `a file named lock stays`(arguments: [String], part: String) throws {
    _ = try folder.write("precious\n", "d/lock")
    let outcome = try ProgramRun(arguments + ["--quiet"], in: folder.path)
    #expect(outcome.code == 1 && outcome.error.contains(part), "\(outcome)")
    #expect(try FileContents.readText(path("d/lock")) == "precious\n")
  }

  private static let canChangeUser =
    getuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")

  @Test(.enabled(if: canChangeUser))
  func `another user's lock is taken over when it is left behind`()
    throws
  {
    let host = ProcessInfo.processInfo.hostName
    _ = try folder.write("\(host)\n2147483647\n2026-01-02T03:04:05Z\ntopoclip\n", "d/lock")
    let outcome = try ProgramRun(
      shell: """
        chmod 755 .; chmod 777 d; chmod 644 d/lock
        setpriv --reuid 65534 --clear-groups "$(type -p topoclip)" sweep --dataset none --output d --quiet
        """, in: folder.path)
    #expect(outcome.code == 1 && outcome.error.contains("no model is named"), "\(outcome)")
    #expect(!outcome.error.contains("lock"), "\(outcome)")
    #expect(!FileManager.default.fileExists(atPath: path("d/lock")))
  }

  @Test func `a sweep names tables that were edited, and takes away the page of the others`() throws
  {
    let settings = ["--analyses", "zeroshot,geometry", "--set", "noise.levels=0,1"]
    let first = try folder.smallSweep("run", settings)
    #expect(first.code == 0, "\(first)")
    let table = try FileContents.read(path("run/accuracy.csv"))
    _ = try folder.write("noise,level\n", "run/accuracy.csv")
    let edited = try folder.smallSweep("run", ["--analyses", "geometry", "--no-report"])
    #expect(
      edited.code == 0
        && edited.error.contains(
          "is not as manifest.json has recorded it: accuracy.csv (changed); not asked for, and left as it is; "
            + "--analyses zeroshot makes it anew"),
      "\(edited)")
    let verified = try ProgramRun(["verify", "run"], in: folder.path)
    #expect(verified.code == 1, "\(verified)")
    let again = try folder.smallSweep("run", ["--analyses", "zeroshot", "--no-report"])
    #expect(again.error.contains("accuracy.csv (changed); replaced"), "\(again)")
    #expect(try FileContents.read(path("run/accuracy.csv")) == table)
    #expect(FileManager.default.fileExists(atPath: path("run/report.html")))

    _ = try folder.write("a bad scan of {}\n", "t.txt")
    let other = try folder.smallSweep(
      "run", ["--analyses", "zeroshot", "--templates", path("t.txt"), "--no-report"])
    #expect(other.code == 0, "\(other)")
    #expect(try FileContents.read(path("run/accuracy.csv")) != table)
    #expect(!FileManager.default.fileExists(atPath: path("run/report.html")))
  }
}
