import Explorer
import Files
import LinearAlgebra
import Runs
import SignWriting
import Topology

@testable import Explorer

/// The errors that readers declare: what refuses an input has to be one of these.
enum DeclaredErrors {
  static func has(_ error: any Error) -> Bool {
    error is FileError || error is RunError || error is OptionError || error is TopologyError
      || error is LinearAlgebraError || error is SignError || error is Refusal
      || error is SearchError
  }
}
