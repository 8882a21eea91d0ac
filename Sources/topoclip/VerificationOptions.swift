import ArgumentParser

/// Whether what a command reads of a run has to be what the run has written.
struct VerificationOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: "Refuse files of a run that are not as its manifest has recorded them.")
  var verify = true
}
