package import Runs

extension ConfigurationSection {
  /// What `--set key.path=value` says, given so many times, and nothing else.
  package convenience init(assignments: [String]) throws {
    var tree = ConfigurationTree.mapping([:], place: "the command line")
    for argument in assignments {
      let assignment = try Assignment(argument: argument)
      tree = try tree.setting(assignment.keys[...], to: assignment.text, place: assignment.place)
    }
    try self.init(tree)
  }
}
