import Fixtures
import Foundation
import Testing

@testable import Files

struct ResolvedPathTests {
  private let folder: TemporaryFolder
  private let real: String

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write("x", "a/b/file")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link", withDestinationPath: folder.path + "/a/b")
    real = ResolvedPath(folder.path).path
  }

  private func resolved(_ path: String) -> String {
    ResolvedPath(folder.path + "/" + path).path.replacing(real, with: "", maxReplacements: 1)
  }

  @Test(arguments: [
    ("", ""), ("a", "/a"), ("a/b/file", "/a/b/file"), ("link", "/a/b"), ("link/file", "/a/b/file"),
    // A link leads to its target's parent.
    ("link/..", "/a"), ("a//b/./file", "/a/b/file"), ("a/b/", "/a/b"),
    // What is not there yet.
    ("link/new", "/a/b/new"), ("link/new/deep", "/a/b/new/deep"), ("new/./deep/", "/new/deep"),
    ("link/new/../other", "/a/b/other"), ("link/new/../../other", "/a/other"),
  ])
  func `links are followed as far as anything is there`(path: String, expected: String) {
    #expect(resolved(path) == expected)
  }

  @Test func `what is missing is listed, the lowest first`() {
    #expect(ResolvedPath(folder.path).missing.isEmpty)
    #expect(ResolvedPath(folder.path + "/link/file").missing.isEmpty)
    #expect(
      ResolvedPath(folder.path + "/link/new/deep").missing
        == [real + "/a/b/new/deep", real + "/a/b/new"])
  }

  @Test func `a link that leads nowhere is not there`() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/nowhere", withDestinationPath: folder.path + "/gone")
    #expect(ResolvedPath(folder.path + "/nowhere").missing == [real + "/nowhere"])
  }

  @Test func `a relative path starts at the working folder`() {
    let current = ResolvedPath(FileManager.default.currentDirectoryPath)
    #expect(ResolvedPath("") == current && ResolvedPath(".") == current)
    #expect(ResolvedPath("no-such-name").path == current.path + "/no-such-name")
  }

  @Test func `the parent, and what lies in a folder`() {
    let a = ResolvedPath(folder.path + "/a")
    let through = ResolvedPath(folder.path + "/link/new")
    #expect(through.isInside(a) && a.isInside(a) && !a.isInside(through))
    #expect(through.parent == ResolvedPath(folder.path + "/a/b"))
    #expect(!ResolvedPath(folder.path + "/ab").isInside(a))
    let root = ResolvedPath("/")
    #expect(a.isInside(root) && root.isInside(root) && !root.isInside(a))
    #expect(root.path == "/" && root.parent == root && ResolvedPath("/../..") == root)
  }

  @Test func `two spellings of a name are two files`() {
    let (composed, decomposed) = (folder.path + "/\u{E9}", folder.path + "/e\u{301}")
    #expect(ResolvedPath(composed) != ResolvedPath(decomposed))
    #expect(Set([composed, decomposed].map { ResolvedPath($0) }).count == 2)
    #expect(!ResolvedPath(composed + "/x").isInside(ResolvedPath(decomposed)))
    // An accent that stands alone begins a name as any letter does.
    #expect(ResolvedPath(folder.path + "/\u{301}x").isInside(ResolvedPath(folder.path)))
  }
}
