/// How samples of an image are weighted when its size changes, equal to Pillow's filter of that name.
///
/// A filter is a value in a file of its own, in `Filters`. Distances are signed, from the middle of a
/// sample of the result, and in samples of the coarser of the two images.
public struct ResamplingFilter: Sendable {
  /// The distance beyond which there is no weight.
  let support: Double
  /// The weight at a distance.
  let weight: @Sendable (_ distance: Double) -> Double
}
