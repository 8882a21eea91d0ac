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
