import CKernels
import LinearAlgebra
import RealModule

/// The repulsive forces as half the negative gradient of one potential, φ(y) = Σ_j 1 / (1 + |y − y_j|²),
/// that is convolved on a grid: O(n + m log m) for m nodes.
///
/// The gradient of 1 / (1 + |y − y_j|²) is −2 (y − y_j) / (1 + |y − y_j|²)², so φ gives both the
/// normalisation, Σ_i φ(y_i) − n, and the forces. Unit charges are spread by splines of degree 5, the
/// grid is convolved with the kernel by one Fourier transform there and one back, and φ and its
/// gradient are read off with the same splines: smooth particle-mesh Ewald (Essmann et al. 1995,
/// doi:10.1063/1.470117) put to the use of FIt-SNE (Linderman et al. 2019,
/// doi:10.1038/s41592-018-0308-4). The kernel is thereby interpolated in both of its points.
final class GridRepulsion: RepulsiveForces {
  /// The distance between nodes; the kernel is 2 wide at half its height.
  static let spacing: Float = 0.4
  /// The largest span of points that fits: the grid has at most 2048 nodes a side, the transform 4096.
  static let largestSpan = Float(maximumSize / 2 - margin) * spacing

  private static let maximumSize = 4096
  // Nodes beyond the points' own: 5 of the splines, 2 that lanes of zeros touch, 1 for rounding.
  private static let margin = 10
  private static let bandHeight = 8

  private var size = 0
  private var twiddles = SharedNumbers<Float>(repeating: 0, count: 0)
  private var spectrum = SharedNumbers<Float>(repeating: 0, count: 0)
  private var grid = SharedNumbers<Float>(repeating: 0, count: 0)
  private var transform = SharedNumbers<Float>(repeating: 0, count: 0)
  private var scratch: [SharedNumbers<Float>] = []
  private let order: SharedNumbers<Int32>

  init(pointCount: Int) {
    order = SharedNumbers(repeating: 0, count: pointCount)
  }

  func evaluate(
    at positions: PlaneVectors, extent: PlaneExtent, forces: PlaneVectors
  ) -> Double {
    prepare(for: extent)
    let half = size / 2
    let lowest = (extent.least / Self.spacing).rounded(.down)
    let layout = kernel_grid(
      spacing: Self.spacing, first_column: Int32(lowest.x) - 3, first_row: Int32(lowest.y) - 3,
      stride: Int32(half))
    let starts = sortIntoBands(positions, layout: layout)
    let bands = starts.count - 1
    grid.fill(0)
    // The points of a band write into their own rows and into the next band's: no two of the even
    // bands meet, nor of the odd ones, and each number is summed in one order.
    let (grid, order) = (grid, order)
    for parity in 0...1 {
      Parallel.forEach(count: (bands + 1 - parity) / 2) { index in
        let band = 2 * index + parity
        unsafe kernel_spread(
          layout, starts[band + 1] - starts[band], order.start + starts[band], positions.x.start,
          positions.y.start, grid.start)
      }
    }
    convolve()
    let sums = Parallel.map(count: bands) { band in
      unsafe kernel_gather(
        layout, starts[band + 1] - starts[band], order.start + starts[band], positions.x.start,
        positions.y.start, grid.start, forces.x.start, forces.y.start)
    }
    return sums.reduce(0, +) - Double(positions.count)
  }

  /// Orders the points by the band of rows that their first node lies in; returns where bands start.
  private func sortIntoBands(_ positions: PlaneVectors, layout: kernel_grid) -> [Int] {
    let count = positions.count
    let first = Float(layout.first_row + 2)
    let bands = (size / 2 + Self.bandHeight - 1) / Self.bandHeight
    func band(_ i: Int) -> Int {
      Int((positions.y[i] * (1 / Self.spacing)).rounded(.down) - first) / Self.bandHeight
    }
    var starts = [Int](repeating: 0, count: bands + 1)
    for i in 0..<count { starts[band(i) + 1] += 1 }
    for b in 0..<bands { starts[b + 1] += starts[b] }
    var next = starts
    for i in 0..<count {
      let b = band(i)
      order[next[b]] = Int32(i)
      next[b] += 1
    }
    return starts
  }

  private func convolve() {
    let (size, twiddles, grid, transform) = (size, twiddles, grid, transform)
    let spectrum = spectrum
    let (blocks, groups, half) = (size / 64, size / 32, size / 2)
    forEachBlock(blocks) { block, scratch in
      unsafe kernel_fourier_forward(
        size, block, twiddles.start, grid.start, scratch.start, transform.start)
    }
    forEachBlock(groups) { group, scratch in
      unsafe kernel_fourier_convolve(
        size, twiddles.start, spectrum.start + group * (half + 1) * 16, scratch.start,
        transform.start + group * half * 32)
    }
    forEachBlock(blocks) { block, scratch in
      unsafe kernel_fourier_backward(
        size, block, twiddles.start, transform.start, scratch.start, grid.start)
    }
  }

  /// Calls `body` for every block, on all workers, each with scratch of its own.
  private func forEachBlock(
    _ count: Int, _ body: @Sendable (Int, SharedNumbers<Float>) -> Void
  ) {
    let scratch = scratch
    Parallel.forEach(count: count, workers: scratch.count) { block, worker in
      body(block, scratch[worker])
    }
  }

  /// Makes the grid large enough: twice as many nodes as the points need, so that a transform,
  /// which is periodic, does not wrap their forces around.
  private func prepare(for extent: PlaneExtent) {
    let needed = 2 * (Int((extent.span / Self.spacing).rounded(.up)) + Self.margin)
    if needed <= size { return }
    size = Self.sizes.first { $0 >= needed } ?? Self.maximumSize
    precondition(needed <= size)
    let (size, half) = (size, size / 2)
    twiddles = SharedNumbers(repeating: 0, count: 2 * size)
    for k in 0..<size {
      let angle = 2 * Double.pi * Double(k) / Double(size)
      twiddles[k] = Float(Double.cos(angle))
      twiddles[size + k] = Float(-Double.sin(angle))
    }
    grid = SharedNumbers(repeating: 0, count: half * half)
    transform = SharedNumbers(repeating: 0, count: half * size)
    let scratchCount = kernel_fourier_scratch(size)
    scratch = (0..<Parallel.workers).map { _ in SharedNumbers(repeating: 0, count: scratchCount) }
    spectrum = Self.spectrum(size: size)
  }

  private static let sizes = [
    64, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, maximumSize,
  ]

  /// The kernel's transform over that of both splines, in groups of 16 frequencies of the columns:
  /// [size / 32, size / 2 + 1 frequencies of the rows, 16].
  private static func spectrum(size: Int) -> SharedNumbers<Float> {
    let (half, full) = (size / 2, Double(size))
    // An even sequence: its transform is a sum of cosines over half of it.
    var cosines = Matrix<Double>(rows: half + 1, columns: half + 1)
    var kernel = cosines
    for k in 0...half {
      for m in 0...half {
        let weight = m == 0 || m == half ? 1.0 : 2.0
        cosines[k, m] = weight * Double.cos(2 * .pi * Double(k * m % size) / full)
        kernel[k, m] = 1 / (1 + Double(spacing * spacing) * Double(k * k + m * m))
      }
    }
    let transformed = cosines.times(kernel).timesTransposed(cosines)
    // The spline of degree 5 has the values 66, 26 and 1 over 120 at its nodes.
    let spline = (0...half).map { k -> Double in
      let angle = 2 * Double.pi * Double(k) / full
      return (66 + 52 * Double.cos(angle) + 2 * Double.cos(2 * angle)) / 120
    }
    let result = SharedNumbers<Float>(repeating: 0, count: half * (half + 1))
    for row in 0..<half {
      for k in 0...half {
        let splines = spline[row] * spline[row] * spline[k] * spline[k]
        result[(row / 16 * (half + 1) + k) * 16 + row % 16] =
          Float(transformed[row, k] / (splines * full * full))
      }
    }
    return result
  }
}
