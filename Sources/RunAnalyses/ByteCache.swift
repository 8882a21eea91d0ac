import Synchronization

/// Values that are read or made once while they fit: past a number of bytes those that were not asked for longest
/// go, and are made anew when they are asked for again.
final class ByteCache<Value: Sendable>: Sendable {
  private struct State {
    var values: [String: Value] = [:]
    /// The names, the one asked for last at the end.
    var order: [String] = []
    var bytes = 0
  }

  private let state = Mutex(State())
  private let limit: Int
  private let size: @Sendable (Value) -> Int

  /// An empty cache.
  ///
  /// - Parameters:
  ///   - limit: How many bytes it keeps; the value asked for last stays whatever its size.
  ///   - size: The bytes of a value.
  init(bytes limit: Int, size: @escaping @Sendable (Value) -> Int) {
    self.limit = limit
    self.size = size
  }

  /// The value of a name, as it was kept or made now.
  func value(_ name: String, _ make: () throws -> Value) rethrows -> Value {
    let known = state.withLock { state -> Value? in
      guard let value = state.values[name] else { return nil }
      state.order.removeAll { $0 == name }
      state.order.append(name)
      return value
    }
    if let known { return known }
    let value = try make()
    state.withLock { state in
      guard state.values[name] == nil else { return }
      state.values[name] = value
      state.order.append(name)
      state.bytes += size(value)
      while state.bytes > limit, state.order.count > 1 {
        let oldest = state.order.removeFirst()
        state.bytes -= state.values.removeValue(forKey: oldest).map(size) ?? 0
      }
    }
    return value
  }
}
