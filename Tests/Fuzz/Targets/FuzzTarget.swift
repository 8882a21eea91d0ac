public import Foundation
import Logging

/// A parser, and what has to hold of whatever it takes.
///
/// Each is declared in its own file, beside its siblings; `all` is the registry.
public struct FuzzTarget: Sendable, CustomStringConvertible {
  /// What it is called on the command line, and its folder in the corpus.
  public let name: String
  /// The executions of the short run, which the tests make.
  public let shortRuns: Int
  private let made: @Sendable () throws -> [Data]
  private let run: @Sendable (Data) throws -> Void

  /// The name.
  public var description: String { name }

  /// A target.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - shortRuns: The executions of the short run: fewer where one takes long.
  ///   - seeds: Makes sound inputs, small: what damage begins with.
  ///   - run: Reads an input. It throws what the parser throws, and traps where what was taken is not what was promised.
  init(
    _ name: String, shortRuns: Int = 400, seeds: @escaping @Sendable () throws -> [Data],
    run: @escaping @Sendable (Data) throws -> Void
  ) {
    (self.name, self.shortRuns, made, self.run) = (name, shortRuns, seeds, run)
  }

  /// Sound inputs and those of the corpus, which once broke something, in order.
  ///
  /// - Parameter corpus: The folder with a folder a target.
  /// - Returns: The inputs, of which one at least is taken.
  /// - Throws: What making them throws.
  public func seeds(corpus: URL) throws -> [Data] {
    let folder = corpus.appending(path: name)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return try made()
      + names.sorted().map { try Data(contentsOf: folder.appending(path: $0)) }
  }

  /// Reads an input, and traps where that breaks a promise: an error that is not declared is one.
  ///
  /// - Returns: The error that refuses the input; nil where it is taken.
  @discardableResult public func execute(_ input: Data) -> (any Error)? {
    do {
      try run(input)
      return nil
    } catch {
      promise(DeclaredErrors.has(error), "\(type(of: error)) is no declared error: \(error)")
      let words = "\(error)"
      promise(!words.isEmpty, "\(type(of: error)) says nothing")
      promise(
        words.utf8.count <= Self.mostWords,
        "an error of \(words.utf8.count) bytes: \(words.prefix(300))")
      return error
    }
  }

  /// The bytes of an error that can be read: what it quotes of an input is cut short.
  private static let mostWords = 10_000

  /// Makes the process one that reads damaged inputs: warnings about them are not written, and files are removed when it
  /// ends.
  public static func prepare() {
    LoggingSystem.bootstrap { _ in SwiftLogNoOpLogHandler() }
    ScratchFolder.removeForsaken()
    atexit { ScratchFolder.removeAll() }
  }

  /// The target of a name; nil for no such target.
  public static func named(_ name: String) -> FuzzTarget? {
    (all + [selfTest]).first { $0.name == name }
  }

  /// A parser with a fault: what the fuzzer itself is tried with.
  private static let selfTest = FuzzTarget(
    "self-test", seeds: { [Data([1, 2, 3])] },
    run: { data in
      promise(!data.contains(0xFF), "no byte is 255")
    })
}

/// Ends the process where a promise is broken: of whatever a parser takes, all that it promises has to hold.
func promise(_ holds: Bool, _ words: @autoclosure () -> String) {
  guard holds else { fatalError("promise broken: \(words())") }
}
