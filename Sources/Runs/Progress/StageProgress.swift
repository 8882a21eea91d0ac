import Synchronization

/// Progress through the stages that an engine reports, shown once a stage takes long.
package final class StageProgress: Sendable {
  private struct State {
    var stage = ""
    var progress: ProgressBar?
    var done = 0
    let start = ContinuousClock.now
  }

  private let state = Mutex(State())
  private let isQuiet: Bool

  package init(isQuiet: Bool) { self.isQuiet = isQuiet }

  /// Says that `done` of `total` steps of a stage are done; a new stage ends the one before.
  package func report(stage: String, done: Int, total: Int) {
    update(stage, total: total) { _ in done }
  }

  /// Says that one more step of a stage is done.
  package func step(_ stage: String, total: Int) {
    update(stage, total: total) { $0 + 1 }
  }

  private func update(_ stage: String, total: Int, _ count: (Int) -> Int) {
    state.withLock { state in
      if state.stage != stage {
        state = State(stage: stage, progress: ProgressBar(stage, total: total, isQuiet: isQuiet))
      }
      let done = count(state.done)
      // Threads report out of order; what is over in a moment is not shown at all.
      guard done > state.done, ContinuousClock.now - state.start > .seconds(1) else { return }
      state.progress?.advance(by: done - state.done)
      state.done = done
    }
  }
}
