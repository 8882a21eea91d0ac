/// The arithmetic of the encoder.
public enum Precision: String, Sendable, CaseIterable {
  /// IEEE single precision throughout.
  case float32
  /// Factors of matrix products rounded to bfloat16 (8 significant bits) and their sums in float32;
  /// attention, the residual stream, LayerNorm, softmax and the last projection stay in float32.
  case bfloat16
}
