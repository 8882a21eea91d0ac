extension Unicode.Scalar {
  /// White space as Python has it: four control characters more than Unicode.
  var isPythonSpace: Bool { properties.isWhitespace || (0x1c...0x1f).contains(value) }
}
