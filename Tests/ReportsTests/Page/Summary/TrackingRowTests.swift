import Fixtures
import RunAnalyses
import RunFixtures
import Testing

@testable import Reports

struct TrackingRowTests {
  private let run: HandmadeRun

  init() throws { run = try HandmadeRun() }

  @Test func `a table of an older version has Holm's correction, and no families`() throws {
    _ = try run.folder.write(
      "group,noise,scope,level,measure,statistic,estimate,low,high,p,p_holm,permuted_mean,classes,"
        + "conditions,note\n"
        + ",gaussian,within,,bottleneck_h0,spearman,-0.43,-0.72,0.15,0.0932,0.25,0,10,9,primary\n",
      "link.csv")
    let table = try #require(try run.opened().table(TrackingColumns.file))
    let row = try #require(try TrackingRow.all(table).first)
    #expect(row.correctedP == 0.25)
    #expect(row.isPrimary == nil && row.detectable == nil)
  }

  @Test func `a table with families has its own correction`() throws {
    try run.families("gaussian,within,,bottleneck_h0,further,-0.43,-0.72,0.15,0.0932,0.03,0.36")
    let table = try #require(try run.opened().table(TrackingColumns.file))
    let row = try #require(try TrackingRow.all(table).first)
    #expect(row.correctedP == 0.03)
    #expect(row.isPrimary == false && row.detectable == 0.36)
  }
}
