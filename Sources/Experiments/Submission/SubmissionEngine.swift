/// Who runs the shards of a plan.
///
/// A new engine is a case here, a submission beside the others, and its line in
/// `Submission.run()`.
package enum SubmissionEngine: String, Sendable, CaseIterable {
  case slurm, local, print
}
