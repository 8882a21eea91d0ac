import Embedding
import Files
import Logging
import RunAnalyses
import Runs

/// What is to be known of the inputs before the tables are believed: it is said on standard error, and the manifest
/// and the page have it.
extension Sweep {
  /// Says how the files were read and what is not computed for want of one.
  ///
  /// - Parameters:
  ///   - imported: The embeddings.
  ///   - source: Where they are from.
  ///   - chosen: The analyses that are to be made of them.
  ///   - earlier: What the run that is there says of itself; nil for none.
  ///   - manifest: Gets what is to be remarked.
  /// - Returns: The logit scale.
  /// - Throws: `FileError` when the system fails.
  func announceInputs(
    _ imported: ImportedEmbeddings, _ source: String, _ chosen: Set<String>,
    after earlier: Manifest?, _ manifest: inout Manifest
  ) throws -> Double {
    // Accuracy that nobody asks for keeps its scale, wherever it was known from.
    let kept =
      chosen.contains(ZeroShotAnalysis.name)
      ? earlier?.givenLogitScale : earlier?.zeroShot?.logitScale
    let scale = try ImportedLogitScale(of: source, given: experiment.logitScale, kept: kept)
    var remarks = imported.remarks
    if imported.text == nil {
      // Who names the analyses knows that accuracy is not among them.
      if experiment.analyses == nil {
        remarks.append(try ImportedEmbeddings.withoutAccuracy(source))
      }
      if scale.origin == .given {
        remarks.append("\(source): logit-scale is not used, as there is no accuracy to compute")
      }
    } else if chosen.contains(ZeroShotAnalysis.name), let remark = scale.remark(source) {
      if scale.origin == .assumed { remarks.append(remark) } else { log.notice("\(remark)") }
    }
    report(remarks: remarks, &manifest)
    return scale.value
  }

  /// Says where embeddings of the classes that came along look as if they stood in another order.
  ///
  /// - Throws: `FileError` naming embeddings that are damaged.
  func announceTextOrder(
    _ context: RunContext, _ analyses: Set<String>, _ manifest: inout Manifest
  ) throws {
    guard let source = experiment.embeddings, analyses.contains(ZeroShotAnalysis.name),
      let order = try TextOrder(context),
      let doubt = try order.doubt(
        text: ImportedEmbeddings.textName(source), remedy: "the rows of classes.csv give it")
    else { return }
    report(remarks: ["\(source): \(doubt)"], &manifest)
  }

  /// Says on standard error, and in the manifest, what is to be known of the inputs.
  func report(remarks: [String], _ manifest: inout Manifest) {
    for remark in remarks { log.warning("\(remark)") }
    manifest.add(remarks: remarks)
  }
}

extension Manifest {
  /// The logit scale that embeddings made elsewhere were given; nil where it was known from elsewhere.
  var givenLogitScale: Double? {
    configuration["logit-scale"].flatMap(ZeroShotRecord.logitScales.number)
      .map { zeroShot?.logitScale ?? $0 }
  }
}
