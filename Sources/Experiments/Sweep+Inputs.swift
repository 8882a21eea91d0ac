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
    report(.lists, imported.samples.remarks, &manifest)
    reportTaken(
      imported.remarks.filter { !imported.samples.remarks.contains($0) }, of: source, &manifest)
    manifest.takeBack(.unusedScale)
    if imported.text == nil {
      // Who names the analyses knows that accuracy is not among them.
      if experiment.analyses == nil {
        report(.text, [try ImportedEmbeddings.withoutAccuracy(source)], &manifest)
      }
      if scale.origin == .given {
        report(
          .unusedScale,
          ["\(source): logit-scale is not used, as there is no accuracy to compute"], &manifest)
      }
    } else if chosen.contains(ZeroShotAnalysis.name) {
      // What was told of tables that stay as they are holds.
      manifest.takeBack(.text)
      let remark = scale.remark(source)
      report(.logitScale, scale.origin == .assumed ? [remark].compactMap(\.self) : [], &manifest)
      if scale.origin != .assumed, let remark { log.notice("\(remark)") }
    } else if scale.origin == .given {
      manifest.takeBack(.logitScale)
    }
    return scale.value
  }

  /// Says what arrays were taken for; what was said of those of other places stays.
  private func reportTaken(_ texts: [String], of source: String, _ manifest: inout Manifest) {
    let others = manifest.told.filter { remark in
      remark.subject == .taken
        && !["/", ":", " "].contains { remark.text.hasPrefix(source + $0) }
    }
    report(.taken, texts, &manifest)
    manifest.tell(.taken, others.map(\.text) + texts)
  }

  /// Says where embeddings of the classes that came along look as if they stood in another order.
  ///
  /// - Throws: `FileError` naming embeddings that are damaged.
  func announceTextOrder(
    _ context: RunContext, _ analyses: Set<String>, _ manifest: inout Manifest
  ) throws {
    manifest.takeBack(.textOrder)
    guard let source = experiment.embeddings, analyses.contains(ZeroShotAnalysis.name),
      let order = try TextOrder(context),
      let doubt = try order.doubt(
        text: ImportedEmbeddings.textName(source), remedy: "the rows of classes.csv give it")
    else { return }
    report(.textOrder, ["\(source): \(doubt)"], &manifest)
  }

  /// Says on standard error, and in the manifest, what is to be known of the inputs.
  ///
  /// - Parameters:
  ///   - subject: What it is about; what the manifest had of it goes.
  ///   - texts: A sentence each.
  ///   - manifest: The manifest.
  func report(_ subject: Remark.Subject, _ texts: [String], _ manifest: inout Manifest) {
    for text in texts { log.warning("\(text)") }
    manifest.tell(subject, texts)
  }
}

extension Manifest {
  /// The logit scale that embeddings made elsewhere were given; nil where it was known from elsewhere.
  var givenLogitScale: Double? {
    configuration["logit-scale"].flatMap(ZeroShotRecord.logitScales.number)
      .map { zeroShot?.logitScale ?? $0 }
  }
}
