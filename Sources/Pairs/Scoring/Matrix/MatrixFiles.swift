import Foundation
package import Runs

/// The files that `--matrix` names: a CSV, an NPY, or one of each.
package struct MatrixFiles: Sendable, Equatable {
  package private(set) var csv: String?
  package private(set) var npy: String?

  /// The most cosines of a matrix.
  package static let mostPairs = 100_000_000

  /// The files of an option.
  ///
  /// - Parameter text: One or two names, separated by a comma.
  /// - Throws: `OptionError` for other endings, and two of one kind.
  package init(_ text: String) throws(OptionError) {
    for name in ListText.names(text) {
      let lowercase = name.lowercased()
      let isOther = OptionError(
        "--matrix \(text): expected a name that ends in .csv, one that ends in .npy, or both with a comma "
          + "between them")
      if lowercase.hasSuffix(".csv"), csv == nil {
        csv = name
      } else if lowercase.hasSuffix(".npy"), npy == nil {
        npy = name
      } else {
        throw isOther
      }
    }
  }

  /// The lists of images and of captions beside the NPY: `a-images.csv` and `a-captions.csv` of `a.npy`.
  package var lists: (images: String, captions: String)? {
    npy.map { name in
      let stem = String(name.dropLast(4))
      return (stem + "-images.csv", stem + "-captions.csv")
    }
  }

  /// All files that are written.
  package var paths: [String] {
    [csv, npy, lists?.images, lists?.captions].compactMap(\.self)
  }

  /// Refuses a matrix that is too large.
  ///
  /// - Parameters:
  ///   - images: How many distinct images there are.
  ///   - captions: How many distinct captions.
  /// - Throws: `OptionError` with the size.
  package func require(images: Int, captions: Int) throws(OptionError) {
    let (count, isBeyond) = images.multipliedReportingOverflow(by: captions)
    guard isBeyond || count > Self.mostPairs else { return }
    let size = isBeyond ? "more than 2^63" : "\(count)"
    let bytes = isBeyond || count > Int.max / 16 ? "" : ", \(Self.bytes(count))"
    throw OptionError(
      "--matrix: \(images) images and \(captions) captions are \(size) pairs\(bytes); expected at most "
        + "\(Self.mostPairs): give fewer pairs, or leave --matrix out")
  }

  /// What files of so many cosines take, in words.
  private static func bytes(_ count: Int) -> String {
    // A float32 takes some 11 characters with its comma.
    "some \(count * 11) bytes as CSV and \(count * 4) as NPY"
  }
}
