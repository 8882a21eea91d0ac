/// The ways from vertex to vertex in a forest.
struct ForestPaths {
  private var parents: [Int]
  private var depths: [Int]

  /// The forest of these edges, each tree rooted at its first vertex, in time O(vertices).
  init(vertexCount: Int, edges: some Sequence<(Int, Int)>) {
    var neighbors = [[Int]](repeating: [], count: vertexCount)
    for (a, b) in edges {
      neighbors[a].append(b)
      neighbors[b].append(a)
    }
    parents = [Int](repeating: -1, count: vertexCount)
    depths = [Int](repeating: -1, count: vertexCount)
    for root in 0..<vertexCount where depths[root] < 0 {
      depths[root] = 0
      var stack = [root]
      while let vertex = stack.popLast() {
        for neighbor in neighbors[vertex] where depths[neighbor] < 0 {
          depths[neighbor] = depths[vertex] + 1
          parents[neighbor] = vertex
          stack.append(neighbor)
        }
      }
    }
  }

  /// The edges of the way between two vertices of one tree, as steps from vertex to vertex.
  func path(from start: Int, to goal: Int) -> [(from: Int, to: Int)] {
    var (a, b) = (start, goal)
    var ascent: [(from: Int, to: Int)] = []
    var descent: [(from: Int, to: Int)] = []
    while a != b {
      if depths[a] >= depths[b] {
        ascent.append((a, parents[a]))
        a = parents[a]
      } else {
        descent.append((parents[b], b))
        b = parents[b]
      }
    }
    return ascent + descent.reversed()
  }
}
