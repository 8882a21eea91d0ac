import Files
import Foundation
import Testing

@testable import Images

/// The expected numbers are from the script at `RGBImage.patterned`.
struct JPEGTests {
  @Test(arguments: [
    (1, "e0f515cad17d9292ee0396524ba972c972f1b90840647aab99a3aaa53497fb46"),
    (2, "7d9a6bcdd3096c437b85623358e02ceecdef1d065be7a036f761cac468cddad1"),
    (3, "03dbafc396ff477198544d22575b9d8f7b920525ca2401ce2e6bdacaeaebba1c"),
    (4, "d55f7ee436bfba43a35ff33edd2adb3adf22b7652923f1f07bd98d670605798a"),
    (5, "9af7e7b14cf78aef14c9582598c0b4fa14a8e9c642eca198753851b45d63ef1a"),
  ])
  func `jpeg gives Pillow's pixels`(severity: Int, digest: String) throws {
    let pixels = try NoiseKind.jpeg.corrupted(.patterned(45, 61), severity: severity).rounded
    #expect("\(Digest(of: Data(pixels)))" == digest)
  }
}
