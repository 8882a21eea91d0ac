import LinearAlgebra
import Synchronization

/// Matrices that are read or made once while they fit: past a number of bytes those that were not asked for longest
/// go, and are made anew when they are asked for again.
final class MatrixCache: Sendable {
  private struct State {
    var matrices: [String: Matrix<Float>] = [:]
    /// The names, the one asked for last at the end.
    var order: [String] = []
    var bytes = 0
  }

  private let state = Mutex(State())
  private let limit: Int

  init(bytes limit: Int) { self.limit = limit }

  /// The matrix of a name, as it was kept or made now.
  func value(_ name: String, _ make: () throws -> Matrix<Float>) rethrows -> Matrix<Float> {
    let known = state.withLock { state -> Matrix<Float>? in
      guard let matrix = state.matrices[name] else { return nil }
      state.order.removeAll { $0 == name }
      state.order.append(name)
      return matrix
    }
    if let known { return known }
    let matrix = try make()
    state.withLock { state in
      guard state.matrices[name] == nil else { return }
      state.matrices[name] = matrix
      state.order.append(name)
      state.bytes += 4 * matrix.values.count
      while state.bytes > limit, state.order.count > 1 {
        let oldest = state.order.removeFirst()
        state.bytes -= 4 * (state.matrices.removeValue(forKey: oldest)?.values.count ?? 0)
      }
    }
    return matrix
  }
}
