extension BinaryFloatingPoint where Self: LosslessStringConvertible {
  /// The shortest decimal text that reads back as exactly this number: `0.5`, `2`, `1e-07`, `inf`.
  public var shortestText: String {
    let text = String(self)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
