/// A tree of classes by its merges, with the lines that draw it.
struct MergeTree: Sendable {
  /// Two branches join: each is named by a class that is in it.
  struct Merge: Sendable {
    let first: String
    let second: String
    let height: Double
  }

  /// The classes from the top down: so ordered that no lines cross, or as asked.
  let leaves: [String]
  /// The classes that first merge with another branch than in the tree that this one is compared with.
  let movers: Set<String>
  /// The lines of (height, place) without those of movers, empty rows between them.
  let lines: [[Double]]
  /// The lines from the movers' names to their first merge.
  let moverLines: [[Double]]
  /// The height of the last merge.
  let height: Double
  /// The classes of the branch that every class first merges with.
  private let partners: [String: Set<String>]

  /// A tree.
  ///
  /// - Parameters:
  ///   - merges: The merges, ascending by height.
  ///   - order: The order of its classes; those that are not in it follow. nil for one without crossing lines.
  ///   - start: The tree whose first merges are compared with these; nil for none.
  init(_ merges: [Merge], order: [String]? = nil, movedFrom start: MergeTree? = nil) {
    let (own, partners) = Self.joined(merges)
    self.partners = partners
    let known = Set(order ?? [])
    leaves = (order ?? []) + own.filter { !known.contains($0) }
    movers = Set(
      partners.compactMap { name, joined in
        guard let before = start?.partners[name] else { return nil }
        return before.isDisjoint(with: joined) ? name : nil
      })
    height = merges.map(\.height).max() ?? 0

    let places = Dictionary(zip(leaves, (0..<leaves.count).map(Double.init))) { first, _ in first }
    /// Where the branch of a class ends: its place and height, by the class that stands for it.
    var ends: [String: (place: Double, height: Double)] = [:]
    var parents: [String: String] = [:]
    func root(_ name: String) -> String {
      var name = name
      while let parent = parents[name] { name = parent }
      return name
    }
    var lines: [[Double]] = []
    var moverLines: [[Double]] = []
    for merge in merges {
      let (first, second) = (root(merge.first), root(merge.second))
      guard first != second else { continue }
      let both = [first, second].map { ends[$0] ?? (places[$0] ?? 0, 0) }
      var joint: [[Double]] = []
      for (name, end) in zip([first, second], both) {
        let line = [[end.height, end.place], [merge.height, end.place]]
        // Only what has not merged yet is a class by itself.
        if ends[name] == nil, movers.contains(name) {
          moverLines += line + [[]]
          joint += [line[1]]
        } else {
          joint += joint.isEmpty ? line : line.reversed()
        }
      }
      lines += joint + [[]]
      parents[second] = first
      ends[first] = ((both[0].place + both[1].place) / 2, merge.height)
    }
    self.lines = lines
    self.moverLines = moverLines
  }

  /// The classes in an order without crossing lines, and what each first merges with.
  private static func joined(
    _ merges: [Merge]
  ) -> (leaves: [String], partners: [String: Set<String>]) {
    var branches: [[String]] = []
    var branch: [String: Int] = [:]
    var partners: [String: Set<String>] = [:]
    func index(_ name: String) -> Int {
      if let index = branch[name] { return index }
      branches.append([name])
      branch[name] = branches.count - 1
      return branches.count - 1
    }
    for merge in merges {
      let (first, second) = (index(merge.first), index(merge.second))
      guard first != second else { continue }
      for (one, other) in [(first, second), (second, first)] where branches[one].count == 1 {
        partners[branches[one][0]] = Set(branches[other])
      }
      for name in branches[second] { branch[name] = first }
      branches[first] += branches[second]
      branches[second] = []
    }
    // Classes that never merge with the rest, if a table is cut, follow it.
    return (branches.flatMap { $0 }, partners)
  }
}
