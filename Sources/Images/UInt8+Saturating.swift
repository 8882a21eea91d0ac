extension UInt8 {
  /// The nearest byte to a number: 0 below 0, 255 above 255.
  ///
  /// A number that is none is 0: the conversion of the standard library would end the process. Where such a
  /// number would be a fault, it is refused before it gets here.
  init(saturating value: Float) { self.init(Double(value).saturatingByte) }

  /// The nearest byte to a number; see that for single precision.
  init(saturating value: Double) { self.init(value.saturatingByte) }
}

extension Double {
  // The order of the arguments matters: of 0 and NaN `max` gives 0 when NaN comes second.
  fileprivate var saturatingByte: Double { Swift.min(255, Swift.max(0, rounded())) }
}
