import Testing

@testable import Analyses

struct NormalizedMutualInformationTests {
  @Test func `two halves against three and one, by hand`() throws {
    // I = ½ ln 4/3 + ¼ ln 2/3 + ¼ ln 2; entropies ln 2 and ¾ ln 4/3 + ¼ ln 4. scikit-learn 1.9.1 says the same.
    let value = try #require(
      normalizedMutualInformation(Partition([7, 7, 8, 8, 9]), labels: [0, 0, 0, 1, nil]))
    #expect(abs(value - 0.3437110184854507) < 1e-12)
  }

  @Test func `1 for the same partition under other names, 0 for independent ones`() throws {
    let clusters = Partition([0, 1, 0, 2])
    let same = try #require(normalizedMutualInformation(clusters, labels: [5, 3, 5, 4]))
    #expect(abs(same - 1) < 1e-12)
    let independent = try #require(
      normalizedMutualInformation(Partition([0, 0, 1, 1]), labels: [0, 1, 0, 1]))
    #expect(abs(independent) < 1e-12)
    #expect(normalizedMutualInformation(Partition([0, 0]), labels: [1, 1]) == 1)
    #expect(normalizedMutualInformation(Partition([0, 0]), labels: [nil, nil]) == nil)
  }
}
