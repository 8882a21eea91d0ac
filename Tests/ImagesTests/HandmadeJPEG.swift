import Foundation

/// A progressive JPEG file of one grey block, written down segment by segment.
enum HandmadeJPEG {
  /// A file of 8 × 8 pixels of middle grey, whose one coefficient is sent as often as wanted.
  static func progressive(scans: Int) -> Data {
    let start: [UInt8] = [0xFF, 0xD8]
    let quantization = segment(0xDB, [0] + [UInt8](repeating: 1, count: 64))
    let frame = segment(0xC2, [8, 0, 8, 0, 8, 1, 1, 0x11, 0])
    // One code, a zero bit: no difference to the block before.
    let code = segment(0xC4, [0] + [1] + [UInt8](repeating: 0, count: 15) + [0])
    let scan = segment(0xDA, [1, 1, 0, 0, 0, 0]) + [0x7F]
    let all = start + quantization + frame + code + (0..<scans).flatMap { _ in scan }
    return Data(all + [0xFF, 0xD9])
  }

  private static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
    let length = content.count + 2
    return [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)] + content
  }
}
