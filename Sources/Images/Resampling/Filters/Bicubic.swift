extension ResamplingFilter {
  /// Cubic convolution with a = −1/2 (Keys 1981, doi:10.1109/TASSP.1981.1163711).
  public static let bicubic = ResamplingFilter(support: 2) { distance in
    // The order of operations is Pillow's.
    let a = -0.5
    let x = abs(distance)
    if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    if x < 2 { return (((x - 5) * x + 8) * x - 4) * a }
    return 0
  }
}
