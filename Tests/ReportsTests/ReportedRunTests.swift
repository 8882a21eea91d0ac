import Files
import Foundation
import RunFixtures
import Runs
import Testing

@testable import Reports

struct ReportedRunTests {
  @Test func `conditions are those of the embeddings, or of the accuracies without them`() throws {
    let made = try HandmadeRun(conditions: ["gaussian-2-s0", "clean", "blur-3"])
    try made.table("accuracy.csv", "noise,level,seed,top1", "none,0,,1", "gaussian,0.5,7,0.5")
    #expect(try made.opened().conditions.map(\.name) == ["clean", "gaussian-2-s0", "blur-3"])
    try FileManager.default.removeItem(atPath: made.path + "/embeddings")
    #expect(try made.opened().conditions.map(\.name) == ["clean", "gaussian-0.5-s7"])
    try made.table("accuracy.csv", "noise,level,seed,top1", "none,0,,1", "gaussian,0.5,,0.5")
    let error = #expect(throws: FileError.self) { try made.opened() }
    #expect(error?.description.contains("line 3") == true)
  }

  @Test func `a folder that is no run says so, and labels are those of the classes`() throws {
    let made = try HandmadeRun()
    let run = try made.opened()
    #expect(run.labels == [0, 0, 1, 1] && run.paths[2] == "b/0.png")
    try made.table("classes.csv", "index,class", "0,a")
    let error = #expect(throws: FileError.self) { try made.opened() }
    #expect(error?.description.contains("row 2: class \"b\"") == true)
    #expect(throws: FileError.self) { try ReportedRun(made.path + "/nowhere") }
  }
}
