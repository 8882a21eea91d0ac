/// A binary heap of the next steps of a search, least key first.
struct SearchHeap {
  struct Step {
    var key: Double
    var from: Int32
    /// −1 for a step that leads to no point.
    var to: Int32
  }

  private var steps: [Step] = []

  mutating func removeAll() { steps.removeAll(keepingCapacity: true) }

  mutating func push(_ key: Double, from: Int, to: Int) {
    let step = Step(key: key, from: Int32(from), to: Int32(to))
    var place = steps.count
    steps.append(step)
    while place > 0 {
      let parent = (place - 1) / 2
      if steps[parent].key <= key { break }
      steps[place] = steps[parent]
      place = parent
    }
    steps[place] = step
  }

  mutating func pop() -> Step? {
    guard let last = steps.popLast() else { return nil }
    guard let first = steps.first else { return last }
    var place = 0
    while true {
      var child = 2 * place + 1
      if child >= steps.count { break }
      if child + 1 < steps.count, steps[child + 1].key < steps[child].key { child += 1 }
      if last.key <= steps[child].key { break }
      steps[place] = steps[child]
      place = child
    }
    steps[place] = last
    return first
  }
}
