import Files
public import LinearAlgebra

extension TextTower {
  /// The embedding of every class for zero-shot classification.
  ///
  /// Per class: each prompt's embedding is normalised, they are averaged, and the mean is normalised
  /// (Radford et al. 2021, arXiv:2103.00020, section 3.1.4). Prompts run on all workers, in batches
  /// that do not depend on how many there are.
  ///
  /// - Returns: [classes, projection dimension], unit rows; and how many prompts were cut to the
  ///   context length.
  /// - Throws: `FileError` when an embedding is not finite.
  public func classEmbeddings(
    _ classes: [String], templates: PromptTemplates, tokenizer: Tokenizer
  ) throws -> (embeddings: Matrix<Float>, truncatedPrompts: Int) {
    let inputs = classes.flatMap { name in
      templates.prompts(for: name).map { prompt in
        tokenizer.modelInput(prompt, contextLength: configuration.contextLength)
      }
    }
    let unit = try embed(inputs.map(\.ids))
    let count = templates.templates.count
    var means = Matrix<Float>(rows: classes.count, columns: projectionDimension)
    for index in classes.indices {
      for j in 0..<projectionDimension {
        let sum = (0..<count).reduce(0.0) { $0 + Double(unit[index * count + $1, j]) }
        means[index, j] = Float(sum / Double(count))
      }
    }
    guard let embeddings = means.withUnitRows() else {
      throw FileError("text", "the prompts of a class average to zero")
    }
    return (embeddings, inputs.count { $0.truncated })
  }

  /// Unit embeddings of token sequences, on all workers.
  ///
  /// - Throws: `FileError` when an embedding is zero or not finite.
  public func embed(_ inputs: [[Int]]) throws -> Matrix<Float> {
    let batch = 48  // several classes, whose prompts begin alike
    let pieces = BLAS.withThreads(1) {
      Parallel.map(count: (inputs.count + batch - 1) / batch) { index in
        features(Array(inputs[index * batch..<min(inputs.count, (index + 1) * batch)]))
      }
    }
    let joined = Matrix<Float>(
      rows: inputs.count, columns: projectionDimension, values: pieces.flatMap(\.values))
    guard let unit = joined.withUnitRows() else {
      throw FileError("text", "the text tower gave an embedding that is zero or not finite")
    }
    return unit
  }
}
