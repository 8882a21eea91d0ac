import Files
import Fixtures
import Foundation
import Testing

@testable import Runs

@Suite struct OutputFolderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private let kind = OutputFolder.Kind("a run", files: RunDirectory.files, folders: ["control"]) {
    FileManager.default.fileExists(atPath: $0 + "/mark")
  }

  private func refusal(of files: [String], inputs: [String] = []) throws -> String {
    let output = folder.path + "/out-\(UUID())"
    let name = URL(filePath: output).lastPathComponent
    for file in files { _ = try folder.write("x", name + "/" + file) }
    let inputs = inputs.map { output + "/" + $0 }
    return problem { try OutputFolder.require(output, for: kind, apartFrom: inputs) }
      .replacing(output, with: "out")
  }

  @Test(arguments: [
    [], ["lock", ".1234.tmp", "cells/a.npy", "units/b.json"],
    ["samples.csv", "embeddings/clean.npy", "figures/accuracy.svg", "control/anything"],
    ["mark", "notes.txt", "embeddings/notes.txt"],
  ])
  func `nothing, a run and what an end by force leaves may be written into`(
    files: [String]
  ) throws {
    #expect(try refusal(of: files) == "")
  }

  @Test(arguments: [
    (["thesis.tex"], "thesis.tex"),
    (["samples.csv", "embeddings/mine.npy"], "embeddings/mine.npy"),
    (["cat/1.png", "dog/1.png"], "cat/, dog/"),
    (["a", "b", "c", "d", "e"], "a, b, c and 2 more"),
  ])
  func `files that are not a run's are named`(files: [String], names: String) throws {
    #expect(
      try refusal(of: files)
        == "out: holds files that are not a run's: \(names); give another --output, or move them")
  }

  @Test func `names that are no UTF-8 are told by their bytes, hidden ones are passed over`() throws
  {
    let name: [UInt8] = [0xFF, 0xFE] + Array(".txt".utf8)
    try folder.makeFile(named: [UInt8(ascii: ".")] + name)
    try folder.makeFolder(named: Array("embeddings".utf8))
    try OutputFolder.require(folder.path, for: kind)
    try folder.makeFile(named: name)
    try folder.makeFile(named: Array("embeddings/".utf8) + [0xE9])
    let message = problem { try OutputFolder.require(folder.path, for: kind) }
    #expect(
      message.contains(#"run's: \xff\xfe.txt, embeddings/\xe9; give another"#), "\(message)")
  }

  @Test func `what a command reads may lie there`() throws {
    #expect(try refusal(of: ["pairs.csv"], inputs: ["pairs.csv"]) == "")
    #expect(
      try refusal(of: ["pairs.csv", "x.csv"], inputs: ["pairs.csv"]).contains("run's: x.csv;"))
  }

  @Test func `a file is no folder`() throws {
    let path = try folder.write("x", "file")
    #expect(
      problem { try OutputFolder.require(path, for: kind) }
        == "\(path): is a file; expected a folder")
  }

  @Test(arguments: [
    ("ds", "is the data set"), ("ds/.", "is the data set"), (".", "holds the data set"),
    ("ds/new", "among the class folders"), ("ds/cat", "among the class folders"),
    ("described/images/new", "among the class folders"), ("described/images", "is the data set"),
    ("described", "is the data set"),
  ])
  func `an output that would join the data set is refused`(output: String, part: String) throws {
    try makeDatasets()
    let dataset = output.hasPrefix("described") ? "described" : "ds"
    let message = problem {
      try OutputFolder.require(
        folder.path + "/" + output, outsideDataset: folder.path + "/" + dataset)
    }
    #expect(message.contains(part), "\(message)")
  }

  @Test func `neither is one that a link leads to`() throws {
    try makeDatasets()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link", withDestinationPath: folder.path + "/ds")
    for (output, part) in [("link", "is the data set"), ("link/new", "among the class folders")] {
      let message = problem {
        try OutputFolder.require(
          folder.path + "/" + output, outsideDataset: folder.path + "/ds")
      }
      #expect(message.contains(part), "\(message)")
    }
  }

  @Test(arguments: [("ds", "ds/results/run"), ("ds", "out"), ("described", "described/run")])
  func `elsewhere is well`(dataset: String, output: String) throws {
    try makeDatasets()
    try OutputFolder.require(
      folder.path + "/" + output, outsideDataset: folder.path + "/" + dataset)
  }

  @Test(arguments: ["tree/out", "tree/clean/out", "tree/fog/1/a/deep/out", "tree/.", "link/x"])
  func `into a tree of folders nothing is written, at any depth`(output: String) throws {
    _ = try folder.write("x", "tree/fog/1/a/1.png")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link", withDestinationPath: folder.path + "/tree/clean")
    try FileManager.default.createDirectory(
      atPath: folder.path + "/tree/clean", withIntermediateDirectories: true)
    let message = problem {
      try OutputFolder.require(
        folder.path + "/" + output, as: "--cache", outsideNested: folder.path + "/tree")
    }
    #expect(
      message.contains("lies in the data set \(folder.path)/tree, whose folders"), "\(message)")
    #expect(message.hasSuffix("give another --cache outside it"))
    try OutputFolder.require(folder.path + "/trees/out", outsideNested: folder.path + "/tree")
    try OutputFolder.require(folder.path, outsideNested: folder.path + "/tree")
  }

  private func makeDatasets() throws {
    for name in ["ds/cat/1.jpg", "ds/dog/1.PNG", "described/images/cat/1.jpg"] {
      _ = try folder.write("x", name)
    }
    _ = try folder.write("cat/1.jpg\n", "described/labels/train1.txt")
  }
}
