/// How a long computation is watched and stopped from outside.
public struct ComputationControl: Sendable {
  /// Asked now and then, from any thread: whether to stop.
  public var isCancelled: @Sendable () -> Bool
  /// Told now and then, from any thread: the stage, and how many of how many steps of it are done.
  public var report: @Sendable (_ stage: String, _ done: Int, _ total: Int) -> Void

  /// Never stops and tells nobody, unless given functions that do.
  public init(
    isCancelled: @escaping @Sendable () -> Bool = { false },
    report: @escaping @Sendable (_ stage: String, _ done: Int, _ total: Int) -> Void = { _, _, _ in
    }
  ) {
    self.isCancelled = isCancelled
    self.report = report
  }

  /// Throws when the caller wants an end.
  ///
  /// - Throws: `CancellationError`.
  public func check() throws {
    if isCancelled() { throw CancellationError() }
  }
}
