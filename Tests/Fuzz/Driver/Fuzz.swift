import Fixtures
import Foundation
import Fuzzing

/// Reads damaged inputs, over and over.
///
/// ```
/// fuzz                                   the names of the targets
/// fuzz NAME|all [--runs N] [--first N] [--seconds S] [--seed S] [--threads T] [--slowest S] [--growth MiB]
/// fuzz NAME --seed S --only N            that one execution again
/// fuzz NAME FILE…                        these inputs
/// fuzz NAME --cover [FLAG…]              libFuzzer with its own flags, in a build that has it
/// ```
///
/// The inputs follow from the seed and their number alone. What ends the process, a trap, a signal, a promise that is
/// broken, or an execution of more than a minute, is told with target, seed and number, and its input is kept.
@main struct Fuzz {
  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    guard let name = words.first else {
      print(FuzzTarget.all.map(\.name).joined(separator: "\n"))
      return
    }
    let targets = name == "all" ? FuzzTarget.all : [FuzzTarget.named(name)].compactMap(\.self)
    guard !targets.isEmpty else { fail("there is no target \(name)") }
    FuzzTarget.prepare()
    if words.dropFirst().first == "--cover" {
      guard targets.count == 1 else { fail("--cover takes one target") }
      Coverage.run(targets[0], flags: Array(words.dropFirst(2)))
      return
    }
    do {
      let options = try FuzzOptions(words.dropFirst())
      CrashNote.install()
      for target in targets {
        let tally: FuzzTally
        do { tally = try FuzzRun(target, options).run() } catch { fail("\(target): \(error)") }
        print(tally.line(target.name))
        if tally.slowest > options.slowest {
          fail(
            "\(target): an execution took \(tally.slowest) s; it is in \(tally.slowestPath ?? "")")
        }
        if let growth = tally.growth { fail("\(target): \(growth)") }
      }
    } catch {
      fail("\(error)")
    }
  }

  static func fail(_ words: String) -> Never {
    FileHandle.standardError.write(Data("fuzz: \(words)\n".utf8))
    exit(1)
  }
}
