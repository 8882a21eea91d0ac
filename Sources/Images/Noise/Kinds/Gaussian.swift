import LinearAlgebra

extension NoiseKind {
  /// Independent normal noise on every sample.
  public static let gaussian = NoiseKind(
    name: "gaussian", title: "Gaussian noise", method: "philox4x32-10/box-muller-1",
    source: "Box and Muller 1958, A note on the generation of random normal deviates, "
      + "doi:10.1214/aoms/1177706645"
  ) { stream, count in stream.normals(count: count) }
}
