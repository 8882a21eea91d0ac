import Files
import Testing

@testable import Experiments

struct PrintedSubmissionTests {
  private let shard = "/bin/topoclip shard /runs/one --stage"

  @Test func `a line a shard, then the merge`() throws {
    let plan = SubmittedPlan.example(missing: [3], analyses: [0, 3])
    #expect(
      try PrintedSubmission(plan: plan, program: "/bin/topoclip").run() == """
        # embeddings
        \(shard) embeddings --plan 0123456789ab --index 3
        # analyses
        \(shard) analyses --plan 0123456789ab --index 0
        \(shard) analyses --plan 0123456789ab --index 3
        # merge
        /bin/topoclip merge /runs/one --plan 0123456789ab

        """)
  }

  @Test func `options go on to every command`() throws {
    var plan = SubmittedPlan.example(missing: [3], analyses: [])
    plan.options = ["--max-pixels", "7", "--quiet"]
    #expect(
      try PrintedSubmission(plan: plan, program: "t").run() == """
        # embeddings
        t shard /runs/one --stage embeddings --plan 0123456789ab --max-pixels 7 --quiet --index 3
        # merge
        t merge /runs/one --plan 0123456789ab --max-pixels 7 --quiet

        """)
    let rules = try Snakefile(plan: plan, program: "t", threads: 5).text()
    #expect(rules.contains("--max-pixels 7 --quiet --index {wildcards.index} --threads {threads}"))
    #expect(rules.contains("    threads: 5\n") && !rules.contains("threads: 2"))
    let script = SlurmScript(program: "t", plan: plan, threads: 5)
    #expect(
      try script.text(.embeddings, pack: 1).contains("--max-pixels 7 --quiet --index \"$index\""))
    #expect(try script.text(.embeddings, pack: 1).contains("\"$@\" --quiet --threads 5 &"))
    #expect(try script.mergeText(report: true).contains("--max-pixels 7"))
  }

  @Test func `a stage alone is its lines`() throws {
    let submission = PrintedSubmission(
      plan: .example("/runs/it's", missing: [6]), program: "/bin/topoclip", stages: [.embeddings],
      merges: false)
    #expect(
      try submission.run()
        == #"/bin/topoclip shard '/runs/it'\''s' --stage embeddings --plan 0123456789ab --index 6"#
        + "\n")
  }

  @Test func `nothing to do is a comment`() throws {
    let plan = SubmittedPlan.example(missing: [], isMerged: true)
    #expect(try PrintedSubmission(plan: plan, program: "t").run().hasPrefix("# /runs/one: nothing"))
  }
}
