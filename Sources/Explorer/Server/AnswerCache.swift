internal import Synchronization

/// Answers that are the same for everybody until the images change, kept while they are asked for again and again.
///
/// A hundred clients that ask for the places of a million images share one copy of them.
final class AnswerCache: Sendable {
  private struct State {
    var answers: [String: (revision: Int, answer: Answer)] = [:]
    var bytes = 0
  }

  private let state = Mutex(State())
  private let limit: Int

  /// A cache of at most a number of bytes.
  init(limit: Int = 64 << 20) { self.limit = limit }

  /// The answer under a key, made anew when the images have changed since.
  ///
  /// Two that ask at the same time may both make it. When the limit is reached, all go: what is asked for comes back.
  func answer(_ key: String, revision: Int, make: () throws -> Answer) rethrows -> Answer {
    let found = state.withLock { state in
      state.answers[key].flatMap { $0.revision == revision ? $0.answer : nil }
    }
    if let found { return found }
    let answer = try make()
    guard answer.count <= limit else { return answer }
    state.withLock { state in
      if let old = state.answers[key] { state.bytes -= old.answer.count }
      if state.bytes + answer.count > limit || state.answers.count > 1000 { state = State() }
      state.answers[key] = (revision, answer)
      state.bytes += answer.count
    }
    return answer
  }
}
