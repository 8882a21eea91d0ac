import Testing

@testable import Analyses

struct ClusterJackknifeTests {
  // NumPy 2.4.6 and scipy.stats.t 1.17.1: se = sqrt((K − 1) / K · sum((l − mean(l))²)), θ ± t.ppf(.975, df) ·
  // se and 2 · t.sf(|θ| / se, df). Tolerance: 1e-9, the error of the quantile.
  @Test func `standard error, interval and test`() throws {
    let jackknife = ClusterJackknife(
      estimate: 0.3, without: [0.2, 0.35, 0.5, 0.1, 0.4], degreesOfFreedom: 3.2)
    #expect(abs(jackknife.standardError - 0.28565713714171403) < 1e-15)
    let interval = try #require(jackknife.interval())
    #expect(abs(interval.low + 0.5777755149880992) < 1e-9)
    #expect(abs(interval.high - 1.177775514988099) < 1e-9 && interval.method == .jackknife)
    #expect(abs(try #require(jackknife.pValue) - 0.3663751923213025) < 1e-9)
    #expect(abs(jackknife.influences.reduce(0, +)) < 1e-15)
    #expect(abs(jackknife.influences[2] + 0.19) < 1e-15)
  }

  @Test func `of a mean it is the usual standard error`() throws {
    let values = [3.0, 1, 4, 1, 5, 9]
    let mean = values.reduce(0, +) / 6
    let without = values.map { (6 * mean - $0) / 5 }
    let jackknife = ClusterJackknife(estimate: mean, without: without, degreesOfFreedom: 5)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    #expect(abs(jackknife.standardError - (squares / 5 / 6).squareRoot()) < 1e-14)
  }

  @Test func `what no cluster changes has no interval`() {
    let jackknife = ClusterJackknife(
      estimate: 0.1, without: [0.1, 0.1 + 1e-16, 0.1], degreesOfFreedom: 2)
    #expect(jackknife.interval() == nil && jackknife.pValue == nil)
  }

  @Test func `degrees of freedom`() {
    #expect(ClusterJackknife.degreesOfFreedom(parts: [2, 2, 2, 2]) == 3)
    // One that has nearly all counts for one, which is not fewer than one degree of freedom.
    #expect(ClusterJackknife.degreesOfFreedom(parts: [2, 0.001, 0.001]) == 1)
    #expect(ClusterJackknife.degreesOfFreedom(parts: [1, 1, 0]) == 1)
    let scaled = ClusterJackknife.degreesOfFreedom(parts: [0.1, 0.2, 0.3, 0.4])
    #expect(abs(scaled - (0.3 * 0.3 / 0.0354 - 1)) < 1e-12)
  }
}
