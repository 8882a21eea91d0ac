import Testing

@testable import Analyses

struct CovariateSpanTests {
  @Test func `by hand: what a line leaves`() {
    // Least squares of 0 0 3 on 1 2 3 is 1.5 x − 2: it leaves 0.5 −1 0.5.
    let span = CovariateSpan([[1, 2, 3]], count: 3)
    #expect(span.rank == 1)
    for (found, expected) in zip(span.residual([0, 0, 3]), [0.5, -1, 0.5]) {
      #expect(abs(found - expected) < 1e-15)
    }
  }

  @Test func `without covariates the mean is taken away`() {
    #expect(CovariateSpan([], count: 4).residual([1, 2, 3, 6]) == [-2, -1, 0, 3])
  }

  @Test func `a covariate that is equal everywhere, or said already, adds nothing`() {
    let span = CovariateSpan(
      [[7, 7, 7, 7], [1, 2, 3, 5], [3, 5, 7, 11], [0, 1, 0, 0]], count: 4)
    #expect(span.rank == 2)
    #expect(CovariateSpan([[0.1, 0.1, 0.1]], count: 3).rank == 0)
    #expect(CovariateSpan([[0, 0, 0]], count: 3).rank == 0)
  }

  @Test func `residuals have nothing of the covariates`() {
    let covariates = [[3.0, 1, 4, 1, 5, 9, 2], [2, 7, 1, 8, 2, 8, 1]]
    let span = CovariateSpan(covariates, count: 7)
    let residual = span.residual([1, 1, 2, 3, 5, 8, 13])
    for covariate in covariates + [[1, 1, 1, 1, 1, 1, 1]] {
      #expect(abs(CovariateSpan.dot(covariate, residual)) < 1e-12)
    }
  }
}
