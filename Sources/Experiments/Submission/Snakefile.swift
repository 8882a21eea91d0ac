import Files

/// A plan as rules of Snakemake, all shards in it: it finds by their records what is done.
struct Snakefile {
  let plan: SubmittedPlan
  /// This program's path.
  let program: String
  /// Whether the merge makes figures and page.
  var report = true
  /// The threads of a command; nil for two.
  var threads: Int?

  /// The Snakefile: a rule a stage, whose output is the record of a shard that is done, and the merge, whose output is
  /// an empty file of its own, since Snakemake removes the output of a rule before it runs it.
  ///
  /// - Throws: `FileError` for a path that cannot stand in one.
  func text() throws -> String {
    var text = """
      # Written by topoclip submit --engine print --snakemake.
      RUN = \(try Self.literal(plan.run))
      SHARDS = range(\(plan.shards))

      rule all:
          input: RUN + "/shards/merged"


      """
    var needed = ""
    for stage in ShardStage.allCases {
      let command = try ShellWord.line([program] + plan.arguments(stage))
      text += """
        rule \(stage.rawValue):
        \(needed)    output: RUN + "/shards/{index}/\(stage.rawValue).json"
            wildcard_constraints: index="[0-9]+"
            threads: \(threads ?? 2)
            shell: \(try Self.literal(command, then: " {wildcards.index} --threads {threads}"))


        """
      needed = "    input: [f\"{RUN}/shards/{index}/\(stage.rawValue).json\" for index in SHARDS]\n"
    }
    let command = try ShellWord.line([program] + plan.mergeArguments(report: report))
    return try text + """
      rule merge:
      \(needed)    output: touch(RUN + "/shards/merged")
          threads: \(threads ?? 2)
          shell: \(Self.literal(command, then: " --threads {threads}"))

      """
  }

  /// A text as Python writes it, and behind it one that Snakemake fills.
  private static func literal(_ text: String, then filled: String = "") throws -> String {
    guard !text.utf8.contains(where: { "{}\n\r".utf8.contains($0) }) else {
      throw FileError(
        text, "braces and line ends in a path mean something else in a Snakefile: rename the folder"
      )
    }
    let quoted = text.replacingBytes(of: #"\"#, with: #"\\"#)
      .replacingBytes(of: #"""#, with: #"\""#)
    return "\"" + quoted + filled + "\""
  }
}
