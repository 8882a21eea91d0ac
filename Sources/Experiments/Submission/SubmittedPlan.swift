/// What is known of a plan when its shards are handed to machines.
package struct SubmittedPlan: Sendable, Equatable {
  /// The run directory, absolute.
  package let run: String
  /// What the experiment is called, for people.
  package let name: String
  /// The plan's identity: 64 hexadecimal digits.
  package let identifier: String
  /// How many shards each stage has.
  ///
  /// It is fixed in the plan: what a scheduler says of an array changes when part of it is submitted again.
  package let shards: Int
  /// The shards of a stage that have no record of being done, ascending; a stage that is not named has none.
  package let missing: [ShardStage: [Int]]
  /// Whether the run has been made of them.
  package let isMerged: Bool
  /// Options of every command, a word each: what changes how it runs and never what it computes.
  var options: [String] = []

  package init(
    run: String, name: String, identifier: String, shards: Int, missing: [ShardStage: [Int]],
    isMerged: Bool = false
  ) {
    self.run = run
    self.name = name
    self.identifier = identifier
    self.shards = shards
    self.missing = missing
    self.isMerged = isMerged
  }

  /// Whether nothing is missing.
  var isDone: Bool { isMerged && missing.values.allSatisfy(\.isEmpty) }

  /// What is said when there is nothing to submit.
  var doneText: String {
    "\(run): nothing to do; all of it is merged. topoclip report draws figures and page again\n"
  }

  /// The digits of the plan's identity that a command gives: enough to tell plans apart.
  var shortIdentifier: String { String(identifier.prefix(12)) }
}
