/// What is missing of a plan as commands for others to run.
struct PrintedSubmission {
  let plan: SubmittedPlan
  /// This program's path.
  let program: String
  /// The stages whose commands are printed.
  var stages = ShardStage.allCases
  /// Whether the merge's command is.
  var merges = true
  /// Whether the merge makes figures and page.
  var report = true

  /// A command a line, after one of comment for each stage: a script that does one after the other; the lines of one
  /// stage alone may run at the same time.
  ///
  /// - Throws: `FileError` for a path that cannot stand in a line.
  func run() throws -> String {
    guard !plan.isDone else { return "# " + plan.doneText }
    var lines: [String] = []
    for stage in stages {
      let missing = plan.missing[stage] ?? []
      if stages.count > 1, !missing.isEmpty { lines.append("# \(stage.rawValue)") }
      lines += try missing.map {
        try ShellWord.line([program] + plan.arguments(stage) + [String($0)])
      }
    }
    if merges {
      lines.append("# merge")
      lines.append(try ShellWord.line([program] + plan.mergeArguments(report: report)))
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
