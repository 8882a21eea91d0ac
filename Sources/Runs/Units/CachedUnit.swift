/// A piece of an analysis's work whose result is kept: found again by its key, it is not computed twice.
package struct CachedUnit<Value: Codable & Sendable>: UnitOfWork {
  /// What decides the result.
  package let key: UnitKey
  private let estimatedWork: @Sendable () -> Work
  let compute: @Sendable () throws -> Value

  /// A unit of work; `compute` makes the same value, to the bit, whenever the key is the same.
  ///
  /// - Parameters:
  ///   - key: What decides the result.
  ///   - work: How much it computes, for estimates.
  ///   - compute: Makes the result.
  package init(
    _ key: UnitKey, work: @autoclosure @escaping @Sendable () -> Work = .none,
    _ compute: @escaping @Sendable () throws -> Value
  ) {
    self.key = key
    estimatedWork = work
    self.compute = compute
  }

  /// How much it computes, for estimates.
  package var work: Work { estimatedWork() }

  /// Sees to it that the result is in a store.
  package func finish(in store: UnitStore) throws { try store.finish(self) }
}

/// A unit whose result's type is not known to the compiler.
package protocol UnitOfWork: Sendable {
  /// What decides the result.
  var key: UnitKey { get }
  /// How much it computes, for estimates.
  var work: Work { get }
  /// Sees to it that the result is in a store.
  func finish(in store: UnitStore) throws
}
