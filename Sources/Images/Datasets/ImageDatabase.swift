import CMatIO
import Files
import Foundation

extension ImageListing {
  /// DTD's MATLAB database: `images.{name, set, class}` and `meta.{classes, sets}`.
  ///
  /// - Throws: `FileError` naming the field that is missing or does not fit the others.
  init(imdb file: String, imageFolder: URL) throws {
    let database = try MATLABFile(file)
    let names = try database.strings("images", "name")
    let sets = try database.integers("images", "set", count: names.count)
    let labels = try database.integers("images", "class", count: names.count)
    let classes = try database.strings("meta", "classes")
    let splits = try database.strings("meta", "sets")
    let entries = try names.indices.map { index in
      guard classes.indices.contains(labels[index] - 1) else {
        throw FileError(
          file, "images.class(\(index + 1)) is \(labels[index]); meta.classes has \(classes.count)")
      }
      guard splits.indices.contains(sets[index] - 1) else {
        throw FileError(
          file, "images.set(\(index + 1)) is \(sets[index]); meta.sets has \(splits.count)")
      }
      return Entry(
        path: names[index], classIndex: labels[index] - 1, split: splits[sets[index] - 1],
        place: "images.name(\(index + 1))")
    }
    try self.init(
      classes: classes,
      entries: entries.sorted { ($0.classIndex, $0.path) < ($1.classIndex, $1.path) },
      imageFolder: imageFolder, source: "imdb.mat", file: file)
  }
}

/// The fields of the structures in a MATLAB file, read through libmatio.
@safe
private struct MATLABFile: ~Copyable {
  private let file: String
  private let handle: OpaquePointer

  init(_ file: String) throws {
    // A MATLAB v5 file starts with 128 bytes: text, then version and byte order at byte 124.
    let head = try FileContents.read(file).prefix(128)
    guard head.count == 128, [Data("IM".utf8), Data("MI".utf8)].contains(head.suffix(2)) else {
      throw FileError(file, "is not a MATLAB version 5 file")
    }
    guard let handle = unsafe Mat_Open(file, Int32(MAT_ACC_RDONLY.rawValue)) else {
      throw FileError(file, "cannot be opened as a MATLAB file")
    }
    self.file = file
    unsafe self.handle = handle
  }

  deinit { _ = unsafe Mat_Close(handle) }

  /// The strings of a cell array.
  func strings(_ structure: String, _ field: String) throws -> [String] {
    try unsafe withField(structure, field) { variable in
      let count = try unsafe elementCount(variable, structure, field)
      guard unsafe variable.pointee.class_type == MAT_C_CELL else {
        throw FileError(file, "\(structure).\(field) is not a cell array of strings")
      }
      return try (0..<count).map { index in
        guard let cell = unsafe Mat_VarGetCell(variable, Int32(index)),
          unsafe cell.pointee.class_type == MAT_C_CHAR,
          let text = unsafe text(cell)
        else {
          throw FileError(file, "\(structure).\(field){\(index + 1)} is not a string")
        }
        return text
      }
    }
  }

  /// The whole numbers of a vector of `count` elements.
  func integers(_ structure: String, _ field: String, count: Int) throws -> [Int] {
    try unsafe withField(structure, field) { variable in
      guard try unsafe elementCount(variable, structure, field) == count else {
        throw FileError(
          file, "\(structure).\(field) has not as many elements as images.name, \(count)")
      }
      return try (0..<count).map { index in
        guard let value = unsafe number(variable, at: index), let integer = Int(exactly: value)
        else {
          throw FileError(file, "\(structure).\(field)(\(index + 1)) is not a whole number")
        }
        return integer
      }
    }
  }

  private func withField<Value>(
    _ structure: String, _ field: String,
    _ body: (UnsafeMutablePointer<matvar_t>) throws -> Value
  ) throws -> Value {
    guard let variable = unsafe Mat_VarRead(handle, structure) else {
      throw FileError(file, "has no readable variable \"\(structure)\"; expected DTD's imdb.mat")
    }
    defer { unsafe Mat_VarFree(variable) }
    guard unsafe variable.pointee.class_type == MAT_C_STRUCT,
      let value = unsafe Mat_VarGetStructFieldByName(variable, field, 0)
    else {
      throw FileError(file, "has no field \(structure).\(field); expected DTD's imdb.mat")
    }
    return try unsafe body(value)
  }

  private func elementCount(
    _ variable: UnsafeMutablePointer<matvar_t>, _ structure: String, _ field: String
  ) throws -> Int {
    guard let dimensions = unsafe variable.pointee.dims, unsafe variable.pointee.data != nil else {
      throw FileError(file, "\(structure).\(field) is empty or damaged")
    }
    // Never more than the bytes that were really read.
    let claimed = unsafe (0..<Int(variable.pointee.rank)).reduce(1) { product, axis in
      unsafe product.multipliedReportingOverflow(by: Int(dimensions[axis])).partialValue
    }
    let stored = unsafe Int(variable.pointee.nbytes) / max(1, Int(variable.pointee.data_size))
    guard claimed > 0, claimed <= stored else {
      throw FileError(file, "\(structure).\(field) claims \(claimed) elements and holds \(stored)")
    }
    return claimed
  }

  private func text(_ cell: UnsafeMutablePointer<matvar_t>) -> String? {
    guard let data = unsafe cell.pointee.data else { return nil }
    let bytes = unsafe UnsafeRawBufferPointer(start: data, count: Int(cell.pointee.nbytes))
    switch unsafe cell.pointee.data_type {
    case MAT_T_UINT16, MAT_T_UTF16:
      let units = unsafe bytes.withMemoryRebound(to: UInt16.self) { unsafe Array($0) }
      return String(validating: units, as: UTF16.self)
    case MAT_T_INT8, MAT_T_UINT8, MAT_T_UTF8:
      return unsafe String(validating: bytes, as: UTF8.self)
    default: return nil
    }
  }

  private func number(_ variable: UnsafeMutablePointer<matvar_t>, at index: Int) -> Double? {
    guard let data = unsafe variable.pointee.data else { return nil }
    func load<Stored>(_ type: Stored.Type) -> Stored {
      unsafe data.loadUnaligned(fromByteOffset: index * MemoryLayout<Stored>.size, as: type)
    }
    return switch unsafe variable.pointee.data_type {
    case MAT_T_DOUBLE: load(Double.self)
    case MAT_T_SINGLE: Double(load(Float.self))
    case MAT_T_UINT8: Double(load(UInt8.self))
    case MAT_T_INT8: Double(load(Int8.self))
    case MAT_T_UINT16: Double(load(UInt16.self))
    case MAT_T_INT16: Double(load(Int16.self))
    case MAT_T_INT32: Double(load(Int32.self))
    case MAT_T_UINT32: Double(load(UInt32.self))
    default: nil
    }
  }
}
