import Datasets
package import Files
import Foundation
package import Runs

/// The images of a data set as they were looked at once, so that nobody else has to: what a plan for several machines
/// holds.
package struct InspectedImages: Sendable, Equatable {
  /// A usable image.
  package struct Image: Sendable, Equatable {
    /// The path as the data set lists it.
    package let path: String
    /// Its class.
    package let className: String
    /// Its identity as each version of the data set has it; one where there are no versions.
    package let digests: [Digest]

    /// An image.
    package init(path: String, className: String, digests: [Digest]) {
      self.path = path
      self.className = className
      self.digests = digests
    }
  }

  /// The names of the versions; none where the data set has no versions.
  package let versions: [String]
  /// The images, in order of rows.
  package let images: [Image]
  /// Those left out because they were missing or damaged.
  package let leftOut: [RunError.UnusableImage]

  /// Images that were looked at.
  package init(versions: [String], images: [Image], leftOut: [RunError.UnusableImage]) {
    self.versions = versions
    self.images = images
    self.leftOut = leftOut
  }
}

/// The rows of a data set with their identities, while it is found out which can be used.
struct InspectedRows {
  private(set) var dataset: Dataset
  /// The versions of every image; one nil where the data set has none.
  let versions: [ListedVariant?]
  /// The identity of each image as every version of the data set has it: [versions][rows].
  private(set) var digests: [[Digest]]
  /// Images left out because they are missing or damaged.
  var leftOut: [RunError.UnusableImage]
  /// Listed images that were not there when the data set was looked at before.
  private(set) var unplanned: [String] = []

  private init(_ dataset: Dataset) {
    self.dataset = dataset
    versions =
      dataset.variants.isEmpty
      ? [nil] : dataset.variants.enumerated().map { ListedVariant(index: $0, variant: $1) }
    digests = []
    leftOut = []
  }

  /// Looks at every image that a data set lists.
  ///
  /// - Throws: What stops the run; images that cannot be read are left out.
  init(lookingAt dataset: Dataset, of source: String) throws {
    self.init(dataset)
    leftOut = try dataset.missing.map {
      RunError.UnusableImage(
        path: $0,
        problem: dataset.variants.isEmpty
          ? "listed, but there is no such file" : try Self.problem(ofMissing: $0, in: source))
    }
    var unreadable: Set<Int> = []
    for version in versions {
      var found: [Digest] = []
      for (row, result) in try ImageInspection.digests(dataset.samples, variant: version)
        .enumerated()
      {
        switch result {
        case .success(let digest): found.append(digest)
        case .failure(let image):
          found.append(Digest(of: ""))
          unreadable.insert(row)
          leftOut.append(image)
        }
      }
      digests.append(found)
      try Interruption.check()
    }
    remove(unreadable)
  }

  /// The rows of a data set that were looked at before, in their order; no image is read.
  ///
  /// - Throws: `FileError` naming an image that was there then and is not listed now.
  init(_ dataset: Dataset, known: InspectedImages, of source: String) throws {
    self.init(dataset)
    guard dataset.variants.map(\.name) == known.versions else {
      throw FileError(
        source,
        "has other versions of its images (\(dataset.variants.map(\.name).listed)) than when the plan was made "
          + "(\(known.versions.listed)); restore them, or plan again")
    }
    var next = known.images[...]
    var others: Set<Int> = []
    for (row, sample) in dataset.samples.enumerated() {
      if let image = next.first, image.path == sample.path,
        image.className == dataset.classes[sample.classIndex]
      {
        next = next.dropFirst()
      } else {
        others.insert(row)
      }
    }
    if let lost = next.first {
      throw FileError(
        source + "/" + lost.path,
        "is in the plan (class \(lost.className)) and is not there any more, or not listed in that place; restore it, "
          + "or plan again")
    }
    // Of a version, its name stands before the path.
    let leftOutPaths = Set(
      known.leftOut.flatMap { image in
        [image.path]
          + known.versions.filter { image.path.hasPrefix($0 + "/") }
          .map { String(image.path.dropFirst($0.count + 1)) }
      })
    unplanned = others.sorted().map { dataset.samples[$0].path }
      .filter { !leftOutPaths.contains($0) }
    self.dataset = dataset.removing(others)
    digests = versions.indices.map { version in known.images.map { $0.digests[version] } }
    leftOut = known.leftOut
  }

  /// What was looked at.
  var images: InspectedImages {
    InspectedImages(
      versions: dataset.variants.map(\.name),
      images: dataset.samples.enumerated().map { row, sample in
        .init(
          path: sample.path, className: dataset.classes[sample.classIndex],
          digests: digests.map { $0[row] })
      }, leftOut: leftOut)
  }

  /// Takes rows out.
  mutating func remove(_ rows: Set<Int>) {
    dataset = dataset.removing(rows)
    digests = digests.map { all in all.indices.filter { !rows.contains($0) }.map { all[$0] } }
  }

  /// Why an image is not in a folder of a tree, where another folder of it has one of that name.
  private static func problem(ofMissing path: String, in tree: String) throws -> String {
    let stem = (tree + "/" + path as NSString).deletingPathExtension
    let endings = ["png", "jpg", "jpeg", "PNG", "JPG", "JPEG"]
    let other = try endings.first { try FileStatus(stem + "." + $0) != nil }
    return
      "is not there, but in another folder of the tree; every folder must have every image under one name"
      + (other.map { ", and here its name ends in .\($0)" } ?? "")
  }
}
