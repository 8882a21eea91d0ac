/// Part of a stage as one job array: tasks that compute a pack of shards each.
struct SlurmArray: Sendable, Equatable {
  /// What is added to a task's number in the array to get its number in the stage.
  let offset: Int
  /// The numbers in the array: from 0, below the cluster's MaxArraySize.
  let tasks: IndexRanges

  /// The most runs of numbers that one call names: Linux takes no argument of more than 128 KiB, and a run has at
  /// most 16 characters.
  static let mostRanges = 6000

  /// Arrays for the shards given: as few as there can be.
  ///
  /// Task t computes the shards t·pack to t·pack + pack − 1, whatever is missing, so that the tasks of two
  /// submissions never overlap but where they are the same.
  ///
  /// - Parameters:
  ///   - missing: The shards, in any order.
  ///   - pack: The shards of a task, at least 1.
  ///   - size: The cluster's MaxArraySize, at least 1: what every number in an array is below.
  /// - Returns: The arrays in ascending order; none for no shards.
  /// - Complexity: O(n log n) for n shards.
  static func arrays(of missing: [Int], pack: Int, size: Int) -> [SlurmArray] {
    precondition(pack >= 1 && size >= 1)
    let tasks = IndexRanges(missing.map { $0 / pack }).indices
    var arrays: [SlurmArray] = []
    var rest = tasks[...]
    while let first = rest.first, let last = rest.last {
      // Where all numbers fit they are the stage's own.
      let offset = last < size ? 0 : first
      var (taken, ranges) = (0, 0)
      for (place, task) in rest.enumerated() {
        let startsRange = place == 0 || rest[rest.startIndex + place - 1] != task - 1
        if task - offset >= size || (startsRange && ranges == mostRanges) { break }
        taken += 1
        ranges += startsRange ? 1 : 0
      }
      arrays.append(
        SlurmArray(offset: offset, tasks: IndexRanges(rest.prefix(taken).map { $0 - offset })))
      rest = rest.dropFirst(taken)
    }
    return arrays
  }

  /// The shards that the tasks compute, finished ones of their packs among them.
  ///
  /// - Parameters:
  ///   - pack: The shards of a task.
  ///   - count: The shards of the plan.
  /// - Returns: Their indices in the plan.
  func shards(pack: Int, of count: Int) -> IndexRanges {
    IndexRanges(
      tasks.indices.flatMap { task in
        (task + offset) * pack..<min((task + offset + 1) * pack, count)
      })
  }
}
