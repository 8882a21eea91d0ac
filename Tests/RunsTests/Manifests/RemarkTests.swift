import Files
import Fixtures
import Foundation
import Testing

@testable import Runs

@Suite struct RemarkTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func manifest(_ json: String) throws -> Manifest {
    try #require(try Manifest.read(folder.write(json, "manifest.json")))
  }

  @Test func `what is told anew stands in the place of what was told of the same`() throws {
    var manifest = try manifest("{}")
    #expect(manifest.told.isEmpty && manifest.remarks == nil)
    manifest.tell(.clean, ["c"])
    manifest.tell(.unused, ["a", "b", "a"])
    #expect(manifest.remarks == ["a", "b", "c"])
    manifest.tell(.unused, ["d"])
    manifest.tell(.logitScale, ["s"])
    #expect(manifest.remarks == ["d", "s", "c"])
    let run = RunDirectory(folder.path)
    try manifest.write(to: run)
    let read = try #require(try Manifest.read(run))
    #expect(read.told == [Remark(.unused, "d"), Remark(.logitScale, "s"), Remark(.clean, "c")])
    manifest.takeBack(.unused, .logitScale, .clean)
    #expect(manifest.remarks == nil && manifest.remarkSubjects == nil)
    try manifest.write(to: run)
    #expect(try !FileContents.readText(run.file("manifest.json")).contains("remark"))
  }

  @Test(arguments: [
    (Remark.Subject.unused, "not used: 1 file (dino.npy): e/conditions.csv does not list them"),
    (.lists, #"s.csv: classes such as \"1.0\" are whole numbers and are taken as such, \"1\""#),
    (
      .text,
      "e: zero-shot accuracy, calibration and confusion are not computed, nor what is made of them (level tests)"
    ),
    (
      .logitScale, "e: the logit scale is not known, and 100 is assumed, CLIP's; confidence depends"
    ),
    (.unusedScale, "e: logit-scale is not used, as there is no accuracy to compute"),
    (
      .textOrder,
      "e: clean accuracy is 0.0000: the rows of text.npy may stand in another order than the classes (row 0 is taken for a)"
    ),
    (
      .clean,
      "there are no clean images among the conditions, so that this is not computed: probe: all of it"
    ),
  ])
  func `a list of sentences alone, as earlier versions wrote it, is known by its words`(
    subject: Remark.Subject, text: String
  ) throws {
    var manifest = try manifest("{\"remarks\": [\"\(text)\", \"of another version\"]}")
    #expect(manifest.told.map(\.subject) == [subject, nil])
    manifest.tell(subject, ["new"])
    #expect(manifest.remarks == ["new", "of another version"])
    manifest.takeBack(subject)
    #expect(manifest.remarks == ["of another version"])
  }

  @Test func `subjects that do not fit the sentences say nothing`() throws {
    let lists = ["[\"clean\"]", "[\"new\", \"\"]"]
    for list in lists {
      let manifest = try manifest(
        "{\"remarks\": [\"one\", \"two\"], \"remark_subjects\": \(list)}")
      #expect(manifest.told.map(\.subject) == [nil, nil] && manifest.remarks == ["one", "two"])
    }
  }
}
