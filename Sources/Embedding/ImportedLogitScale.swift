import Files
import Runs

/// What cosines of embeddings made elsewhere are multiplied by, and where that is known from.
package struct ImportedLogitScale: Sendable {
  /// Where it is known from.
  package enum Origin: Sendable, Equatable {
    /// The user.
    case given
    /// The run that is extended, whose tables are made with it.
    case kept
    /// The manifest of the run whose embeddings they are, by its path.
    case run(String)
    /// Nowhere: it is CLIP's.
    case assumed
  }

  package let value: Double
  package let origin: Origin

  /// CLIP's own, which its training ends at.
  package static let assumed = 100.0

  /// The scale of embeddings.
  ///
  /// - Parameters:
  ///   - embeddings: A folder of embeddings, or a file of them, with or without a member.
  ///   - given: What the user says; nil for the scale of the run in whose folder `embeddings` they lie, or CLIP's.
  ///   - kept: What stays where the user says nothing; nil for nothing.
  /// - Throws: `FileError` when the system fails.
  package init(of embeddings: String, given: Double?, kept: Double? = nil) throws {
    if let scale = given ?? kept {
      (value, origin) = (scale, given == nil ? .kept : .given)
      return
    }
    let folder = ImportedSource(embeddings).folder
    let run = RunDirectory(folder + "/..")
    if ResolvedPath(folder).path.hasSuffix("/embeddings"),
      let scale = try Self.recorded(run)
    {
      (value, origin) = (scale, .run(ResolvedPath(run.file(Manifest.fileName)).path))
    } else {
      (value, origin) = (Self.assumed, .assumed)
    }
  }

  /// What the manifest of a run says; nil where there is none, or it is another program's.
  private static func recorded(_ run: RunDirectory) throws -> Double? {
    do {
      guard let manifest = try Manifest.read(run), manifest.isOwn else { return nil }
      return manifest.zeroShot?.logitScale
    } catch let error as FileError where !error.isSystemFault {
      return nil
    }
  }

  /// What is to be said of it.
  ///
  /// - Parameter embeddings: Whose it is.
  /// - Returns: A sentence; nil where the user gave it.
  package func remark(_ embeddings: String) -> String? {
    switch origin {
    case .given: nil
    case .kept: "\(embeddings): the logit scale stays \(value.shortestText), as the run has it"
    case .run(let manifest):
      "\(embeddings): the logit scale is \(value.shortestText), that of \(manifest)"
    case .assumed:
      "\(embeddings): the logit scale is not known, and \(value.shortestText) is assumed, CLIP's; confidence, ECE, "
        + "Brier score and NLL depend on it, accuracy does not: --logit-scale gives the encoder's own"
    }
  }
}

extension ImportedEmbeddings {
  /// Why embeddings made elsewhere have no accuracy, and what with it is not computed.
  ///
  /// - Parameter source: The folder or the file, beside which there are no embeddings of the classes, or no order of
  ///   them.
  /// - Returns: A sentence.
  /// - Throws: `FileError` when the system fails.
  package static func withoutAccuracy(_ source: String) throws -> String {
    let isArchive = MatrixFile.format(ofPath: source) == .npz
    let reason =
      if let file = try ImportedSource(source).textPlace {
        "\(file) is not used, as no classes.csv (columns index, class) beside it says which class its rows are of"
      } else {
        "there is no text.npy beside the embeddings\(isArchive ? ", and no member text" : "") (a row a class, in the order of classes.csv)"
      }
    return
      "\(source): zero-shot accuracy, calibration and confusion are not computed, nor what is made of them "
      + "(level tests, corruption errors, link.csv: does topology track accuracy?): \(reason)"
  }
}
