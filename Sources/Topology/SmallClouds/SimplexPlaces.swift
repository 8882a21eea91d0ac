/// Where the edges and triangles of n vertices are stored: the combinatorial number system.
struct SimplexPlaces {
  private let choose2: [Int]
  private let choose3: [Int]

  init(vertexCount: Int) {
    choose2 = (0...vertexCount).map { $0 * ($0 - 1) / 2 }
    choose3 = (0...vertexCount).map { $0 * ($0 - 1) * ($0 - 2) / 6 }
  }

  var pairCount: Int { choose2[choose2.count - 1] }
  var triangleCount: Int { choose3[choose3.count - 1] }

  /// C(i, 2) + j of the larger vertex i and the smaller one j.
  @inline(__always)
  func pair(_ a: Int, _ b: Int) -> Int { a > b ? choose2[a] &+ b : choose2[b] &+ a }

  /// C(i, 3) + C(j, 2) + k of the vertices i > j > k; given are p > q and any third one.
  @inline(__always)
  func triangle(_ p: Int, _ q: Int, _ x: Int) -> Int {
    if x > p { return choose3[x] &+ choose2[p] &+ q }
    return choose3[p] &+ (x > q ? choose2[x] &+ q : choose2[q] &+ x)
  }
}
