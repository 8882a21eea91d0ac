import Fixtures
import Testing

struct InputNotesProgramTests {
  private let folder: TemporaryFolder
  private let points: String
  private let labels: String

  init() throws {
    folder = try TemporaryFolder()
    points = try folder.write(
      "0,1\n0.5,1.5\n2.5,3.5\n1.5,0.5\n4.5,2.5\n3.5,6.5\n7.5,0.5\n", "m.csv")
    labels = try folder.write("class\n0.0\n1.0\n0.0\n1.0\n0.0\n1.0\n", "labels.csv")
  }

  private func error(_ arguments: [String], input: String = "") throws -> String {
    let run = try ProgramRun(arguments, input: input)
    #expect(run.code == 0, "\(run)")
    return run.error
  }

  @Test func `quiet leaves what was dropped from the input`() throws {
    for arguments in [
      ["persistence", points], ["angles", points, points], ["neighbors", points, "-k", "1"],
      ["layout", points, "--method", "pca"], ["similarity", points],
    ] {
      let error = try error(arguments + ["--quiet"])
      #expect(error.contains("taken for the columns' names"), "\(arguments): \(error)")
      #expect(!error.contains("bars H0"))
    }
  }

  @Test func `labels that were rewritten are said`() throws {
    let quality = folder.path + "/quality.json"
    for arguments in [
      ["angles", points, "--labels", labels],
      ["layout", points, "--method", "pca", "--quality", quality, "--labels", labels],
    ] {
      #expect(try error(arguments).contains("are whole numbers and are taken as such"))
    }
  }

  @Test func `standard input keeps the precision of its numbers`() throws {
    // Three directions in float32, one of them scaled down to the rounding of the others.
    let script = """
      printf '\\x93NUMPY\\x01\\x00v\\x00%-117s\\n' \
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }" > a.npy
      printf '\\x00\\x00\\x80\\x3f\\x00\\x00\\x80\\x3f\\x00\\x00\\x80\\x3f\\x01\\x00\\x80\\x3f' >> a.npy
      topoclip angles a.npy a.npy --rank full --no-center && topoclip angles - a.npy --rank full --no-center < a.npy
      """
    let run = try ProgramRun(shell: script, in: folder.path)
    #expect(run.code == 0, "\(run)")
    let lines = run.output.split(separator: "\n")
    // The header and one angle, twice.
    #expect(lines.count == 4 && lines[0] == lines[2], "\(run)")
  }
}
