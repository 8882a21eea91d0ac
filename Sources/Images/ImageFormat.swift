import Files
package import Foundation

/// The formats that are read, told by a file's first bytes and never by its name.
package enum ImageFormat: String {
  case jpeg = "JPEG"
  case png = "PNG"

  /// Whether a file of that name is listed as an image in a folder; its bytes tell whether it is one.
  package static func isNamed(_ name: String) -> Bool {
    ["jpg", "jpeg", "png"].contains((name as NSString).pathExtension.lowercased())
  }

  /// The format of a file; anything but JPEG and PNG is refused, by its name where it is known.
  init(of data: Data, file: String) throws {
    let head = [UInt8](data.prefix(64))
    if head.isEmpty {
      throw FileError(file, "the file is empty; expected a JPEG or PNG image")
    }
    if head.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if let name = Self.foreignName(of: head) {
      throw FileError(
        file, "this is \(name), which is not read; convert it to JPEG or PNG")
    } else {
      let shown = head.prefix(8).map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
      throw FileError(
        file,
        "not a JPEG or PNG image: it begins with the bytes "
          + "\(shown.joined(separator: " ")); convert it to JPEG or PNG, or leave it out")
    }
  }

  /// Whether a file that begins so is an image, of a format that is read or not.
  package static func isImage(_ head: Data) -> Bool {
    do {
      _ = try ImageFormat(of: head, file: "")
      return true
    } catch {
      return foreignName(of: [UInt8](head))?.hasSuffix(" image") ?? false
    }
  }

  /// What a file of another kind is, for the message.
  private static func foreignName(of head: [UInt8]) -> String? {
    func has(_ magic: String, at offset: Int = 0) -> Bool {
      head.dropFirst(offset).starts(with: magic.utf8)
    }
    if has("GIF8") { return "a GIF image" }
    if has("RIFF"), has("WEBP", at: 8) { return "a WebP image" }
    if has("BM") { return "a BMP image" }
    if has("II*\0") || has("MM\0*") { return "a TIFF image" }
    if has("ftyp", at: 4) {
      if ["heic", "heix", "mif1", "msf1"].contains(where: { has($0, at: 8) }) {
        return "a HEIC image"
      }
      return has("avif", at: 8) ? "an AVIF image" : "a video"
    }
    if has("jP  ", at: 4) { return "a JPEG 2000 image" }
    if has("JXL ", at: 4) || head.starts(with: [0xFF, 0x0A]) { return "a JPEG XL image" }
    if has("8BPS") { return "a Photoshop document" }
    if has("%PDF") { return "a PDF document" }
    if ["P1", "P2", "P3", "P4", "P5", "P6"].contains(where: { has($0 + "\n") }) {
      return "a PBM, PGM or PPM image"
    }
    if has("version https://git-lfs") { return "a Git LFS pointer (`git lfs pull` gets the file)" }
    let text = String(decoding: head, as: UTF8.self).lowercased()
    if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") { return "a web page" }
    if text.hasPrefix("<svg") || text.hasPrefix("<?xml") { return "an SVG or XML file" }
    return nil
  }
}
