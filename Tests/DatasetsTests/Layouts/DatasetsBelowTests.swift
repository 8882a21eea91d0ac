import Files
import Fixtures
import Foundation
import Images
import Testing

@testable import Datasets

/// A folder that is no data set says which folder below it is one.
struct DatasetsBelowTests: DatasetFolder {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `torchvision's folders lead to the one with images and labels`() throws {
    try addImage("dtd/dtd/images/banded/1.png")
    _ = try folder.write("banded/1.png\n", "dtd/dtd/labels/train1.txt")
    #expect(
      error().hasSuffix(
        "; below it lies \(folder.path)/dtd/dtd (it has images/ and labels/): give that path"))
  }

  @Test func `a folder per class, splits and corruptions one folder down are named`() throws {
    try addImage("one/banded/1.png")
    try addImage("two/train/banded/1.png")
    try addImage("three/fog/1/banded/1.png")
    let text = error()
    #expect(text.contains("\(folder.path)/one (it has a folder per class)"))
    #expect(text.contains("\(folder.path)/two (it has folders of splits)"))
    #expect(text.contains("\(folder.path)/three (it has KIND/LEVEL/CLASS/FILE)"))
    #expect(text.hasSuffix(": give one of those paths"))
  }

  @Test func `kinds of corruption without levels or classes are told what is missing`() throws {
    try addImage("fog/banded/1.png")
    #expect(error().hasSuffix("give that path"))
    try addImage("snow/banded/1.png")
    let levels =
      "give one of those paths; or, if they are kinds of corruption, the folders of their levels are "
      + "missing: expected KIND/LEVEL/CLASS/FILE"
    #expect(error().contains(levels))
    let other = try TemporaryFolder()
    for name in ["fog/1/0.png", "fog/2/0.png"] { _ = try other.write("", name) }
    #expect(error(other.path).contains("the folders of their classes are missing: expected KIND/"))
  }

  @Test func `images that are not used are named where nothing is below`() throws {
    _ = try folder.write("", "a/1.webp")
    #expect(
      error().hasSuffix(
        "; it holds 1 that are not used, such as a/1.webp: they are WebP, which is not read; convert them to JPEG or PNG"
      ))
    let flat = try TemporaryFolder()
    _ = try flat.write("", "1.png")
    #expect(error(flat.path).contains("such as 1.png: they lie beside the folders of the classes"))
  }
}
