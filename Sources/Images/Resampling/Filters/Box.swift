extension ResamplingFilter {
  /// The mean of the samples whose middles lie in the box of a sample of the result.
  ///
  /// Its lower edge is left out and its upper one belongs to it. Enlarged, every sample of the result
  /// is a copy of the one that it lies in.
  public static let box = ResamplingFilter(support: 0.5) { distance in
    distance > -0.5 && distance <= 0.5 ? 1 : 0
  }
}
