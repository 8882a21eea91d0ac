import ArgumentParser

/// The option of commands that can tell what they would do.
struct DryRunOption: ParsableArguments {
  @Flag(help: "Print the table of cells (cached, to run, estimated time) and stop.")
  var dryRun = false
}
