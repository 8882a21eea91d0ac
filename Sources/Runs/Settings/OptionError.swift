import Files

/// An option that is wrong, or options that do not go together.
///
/// A command says it with its usage and ends with 2, before anything is read.
package struct OptionError: Error, Equatable, CustomStringConvertible {
  /// The option, what was found, what was expected.
  package let description: String

  /// What is wrong, in words.
  package init(_ problem: String) { description = problem.legible }
}

/// Checks what options must be.
///
/// - Throws: `OptionError` with the problem, when the condition is not met.
package func require(
  _ condition: Bool, _ problem: @autoclosure () -> String
) throws(OptionError) {
  if !condition { throw OptionError(problem()) }
}
