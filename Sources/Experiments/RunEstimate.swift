package import Runs

/// What a run has to do, stage by stage, and how long that would take on this machine.
package struct RunEstimate: Sendable {
  /// A stage.
  package struct Stage: Sendable, Equatable {
    /// What it is called: an analysis by its name.
    package let name: String
    /// What is to do, in words; empty for nothing.
    package let toDo: String
    /// What is finished, in words; empty for nothing.
    package let finished: String
    package let seconds: Double

    /// A stage with what it takes.
    package init(_ name: String, toDo: String, finished: String, seconds: Double) {
      self.name = name
      self.toDo = toDo
      self.finished = finished
      self.seconds = seconds
    }

    /// A stage of so many pieces, of which some are finished.
    init(_ name: String, _ toDo: Int, of total: Int, _ what: String, seconds: Double) {
      self.init(
        name, toDo: "\(toDo) \(what)", finished: "\(total - toDo)", seconds: seconds)
    }
  }

  /// The stages in the order in which they are run.
  package private(set) var stages: [Stage] = []
  /// How fast the machine is.
  package let rates: WorkRates
  /// The shape of the run, which its report is estimated by.
  package internal(set) var shape = RunShape()

  init(_ rates: WorkRates) { self.rates = rates }

  /// Appends a stage.
  package mutating func append(_ stage: Stage) { stages.append(stage) }

  /// Appends a stage of some work.
  package mutating func append(_ name: String, toDo: String, _ work: Work) {
    append(Stage(name, toDo: toDo, finished: "", seconds: work.seconds(rates)))
  }

  /// Appends the stages of another run that is part of this one.
  mutating func append(_ other: RunEstimate, within name: String) {
    for stage in other.stages {
      append(
        Stage(
          "\(name): \(stage.name)", toDo: stage.toDo, finished: stage.finished,
          seconds: stage.seconds))
    }
  }

  /// All together, in seconds.
  package var seconds: Double { stages.reduce(0) { $0 + $1.seconds } }

  /// Stage, to do, finished and estimated time, a line a stage and one for all.
  package var table: String {
    let lines =
      [["stage", "to do", "finished", "estimated"]]
      + stages.map { [$0.name, $0.toDo, $0.finished, Self.duration($0.seconds)] }
      + [["all", "", "", Self.duration(seconds)]]
    return Self.aligned(lines)
  }

  /// From so many seconds on the machine of reference it is worth a trial to know better.
  static let worthMeasuring = 30.0

  /// From so many seconds on a run says at its start how long it will take.
  private static let worthSaying = 120.0

  /// What a run says at its start: its time and its longest stages; nil for one of two minutes or less.
  package var sentence: String? {
    guard seconds > Self.worthSaying else { return nil }
    var byName: [(name: String, seconds: Double)] = []
    for stage in stages {
      // Every condition's embeddings are one piece of work to a person.
      let name = stage.name.hasPrefix(Self.embedding) ? "embedding images" : stage.name
      if let place = byName.firstIndex(where: { $0.name == name }) {
        byName[place].seconds += stage.seconds
      } else {
        byName.append((name, stage.seconds))
      }
    }
    let longest = byName.sorted { $0.seconds > $1.seconds }.prefix(3)
      .filter { $0.seconds >= seconds / 20 }
      .map { "\($0.name) \(Self.duration($0.seconds))" }
    return "about \(Self.duration(seconds)) of work: \(longest.joined(separator: ", ")); "
      + "Ctrl-C keeps what is finished, and the same command goes on"
  }

  /// What the stages of conditions begin with.
  static let embedding = "embed "

  /// Seconds as a person says them; nothing to do is no time.
  private static func duration(_ seconds: Double) -> String {
    seconds > 0 ? ProgressBar.duration(min(seconds, 1e15)) : "0 s"
  }

  /// Columns as wide as their widest field.
  private static func aligned(_ lines: [[String]]) -> String {
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { fields in
      zip(fields, widths).map { field, width in
        field + String(repeating: " ", count: width - field.count)
      }.joined(separator: "  ").trimmingTrailingSpaces + "\n"
    }.joined()
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var text = self
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
