import Analyses
import Files
import Fixtures
import Foundation
import LinearAlgebra
import Runs
import Testing

@testable import RunAnalyses

/// Probes of 1,692 real CLIP embeddings beside scikit-learn's.
@Suite(
  .enabled(
    if: SharedData.has("dtd-clip-embeddings/image.npy"), "needs ../shared/data/dtd-clip-embeddings")
)
struct ProbesTests {
  private static let folder = SharedData.folder.appending(path: "dtd-clip-embeddings").path

  private func context(_ settings: ProbeSettings = ProbeSettings()) throws -> RunContext {
    let points = try MatrixFile.readFloats(Self.folder + "/image.npy")
    let samples = try SampleTable(CSV(path: Self.folder + "/samples.csv"), classes: nil)
    var analyses = AnalysisSet()
    analyses[ProbeAnalysis.self] = settings
    return RunContext(
      run: RunDirectory(Self.folder), samples: samples, conditions: [.clean], analyses: analyses,
      chosen: [ProbeAnalysis.name],
      source: RunContext.Source {
        _ in
        points
      } classes: {
        preconditionFailure("probes read no text")
      })
  }

  @Test func `votes are scikit-learn's, image by image`() throws {
    let context = try context()
    let probes = try #require(Probes(ProbeAnalysis(ProbeSettings()), context))
    let votes = try context.store.value(probes.votes(.clean))
    // scikit-learn 1.9.1: KNeighborsClassifier(k, metric="cosine").fit(X, y).predict(None) in float64, which leaves
    // each row out of its own vote: how many are right, and SHA-256 of the classes' numbers with commas between.
    let expected = [
      (1035, "400cfccb14128b455593bcc4ba3e3eb1176acee96b4bf42714f8359a8a94b301"),
      (1031, "9ee7c0bc458808c57cfb5018d9f91de50790f5f97d59e32af434d51b419e4c31"),
      (1038, "3817838f7590445aedd595ca398dbce866daaf21da853286a301452b1a6cd33c"),
    ]
    #expect(votes.count == 3)
    for (told, (right, digest)) in zip(votes, expected) {
      #expect(zip(told, context.samples.labels).count { $0 == $1 } == right)
      #expect("\(Digest(of: told.map(String.init).joined(separator: ",")))" == digest)
    }
  }

  @Test(arguments: [
    // scikit-learn 1.9.1: LogisticRegression(C=C, tol=1e-8, max_iter=20000) on the rows whose number five does not
    // divide, in float64 as they are: its objective, and how many of the other 339 it tells.
    (c: 0.1, objective: 503.036615156834, right: 206),
    (c: 1.0, objective: 3909.989046857174, right: 232),
    (c: 10.0, objective: 17717.510323406234, right: 258),
  ])
  func `objective and accuracy are scikit-learn's`(c: Double, objective: Double, right: Int) throws
  {
    let context = try context()
    let points: Matrix<Double> = try context.embeddings(.clean).converted()
    let labels = context.samples.labels
    let (training, others) = (
      labels.indices.filter { $0 % 5 != 0 }, labels.indices.filter { $0 % 5 == 0 }
    )
    let fit = try MultinomialLogisticRegression(
      fitting: points.selectingRows(training), labels: training.map { labels[$0] },
      classCount: 47, inverseRegularization: c)
    #expect(abs(fit.objective - objective) < 1e-9 * objective, "\(fit.objective)")
    let told = try fit.predictions(of: points.selectingRows(others))
    #expect(abs(zip(others, told).count { labels[$0] == $1 } - right) <= 1)
  }
}
