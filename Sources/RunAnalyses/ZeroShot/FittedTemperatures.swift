import Analyses
package import LinearAlgebra
package import Runs

/// The temperatures of calibration after scaling.
///
/// They are fitted on the images as they are and used at every level: what a user of the model could do
/// who has not seen the noise. Fitted on the validation split, calibration is of the other images, before
/// and after; without one, every image has the temperature that the folds without it give.
package struct FittedTemperatures: Sendable {
  /// What the logits of every image are divided by.
  package let temperatures: [Double]
  /// The images that calibration is of: those that take no part in fitting.
  let evaluated: [Int]
  /// The temperature, or the mean of those of the folds.
  package let mean: Double

  /// The fewest images of a validation split, or as many as there are classes.
  static let fewestForValidation = 30

  /// The fewest images that are drawn where all are too many.
  private static let fewestDrawn = 1000

  /// Fits on clean logits.
  ///
  /// - Parameters:
  ///   - logits: [samples, classes] of all samples.
  ///   - samples: Their labels and splits.
  ///   - rows: The samples that tables are of.
  ///   - settings: Folds and seed.
  ///
  /// It is nil when there are fewer than two images.
  ///
  /// - Throws: `CancellationError` when a signal came.
  package init?(
    logits: Matrix<Double>, samples: SampleTable, rows: [Int], settings: StatisticsSettings
  ) throws {
    try self.init(samples: samples, rows: rows, settings: settings) { logits.selectingRows($0) }
  }

  /// Fits on the clean logits of some samples: of all that take part, or of as many as there is room for.
  ///
  /// - Parameters:
  ///   - samples: Labels and splits of all samples.
  ///   - rows: The samples that tables are of.
  ///   - settings: Folds and seed.
  ///   - mostLogits: How many logits are fitted on; where there are more, images are drawn. One number for all
  ///     images is told well by some thousands.
  ///   - logits: The logits of some samples: [those samples, classes].
  ///
  /// It is nil when there are fewer than two images.
  ///
  /// - Throws: `CancellationError` when a signal came, and what `logits` throws.
  init?(
    samples: SampleTable, rows: [Int], settings: StatisticsSettings,
    mostLogits: Int = ZeroShotResult.mostLogits,
    logits: (_ samples: [Int]) throws -> Matrix<Double>
  ) throws {
    let control = ComputationControl.interruptible(isQuiet: true)
    let (room, classes) = (mostLogits, max(samples.classes.count, 1))
    /// As many as there is room for or, of more, those of a quarter of it: a thousand at least.
    func most(of images: Int) -> Int {
      images <= room / classes
        ? images : max(2, min(room / classes, max(Self.fewestDrawn, room / 4 / classes)))
    }
    let validation = samples.splits.indices.filter { samples.splits[$0] == "val" }
    // Fewer say too little of a temperature, and all images together more.
    let isEnough = validation.count >= max(Self.fewestForValidation, samples.classes.count)
    let others = rows.indices.filter { samples.splits[rows[$0]] != "val" }
    if isEnough, !others.isEmpty {
      let fitted = TemperatureScaling.images(
        validation.count, most: most(of: validation.count), seed: settings.seed
      ).map { validation[$0] }
      mean = try TemperatureScaling.fit(
        logits: try logits(fitted), labels: fitted.map { samples.labels[$0] },
        rows: Array(fitted.indices), control: control)
      temperatures = [Double](repeating: mean, count: rows.count)
      evaluated = others
    } else {
      guard rows.count > 1 else { return nil }
      let scaling = try TemperatureScaling(
        crossFitted: rows.map { samples.labels[$0] }, most: max(2, most(of: rows.count)),
        folds: min(settings.folds, rows.count), seed: settings.seed, control: control
      ) { images in try logits(images.map { rows[$0] }) }
      temperatures = scaling.temperatures
      mean = scaling.fitted.reduce(0, +) / Double(scaling.fitted.count)
      evaluated = Array(rows.indices)
    }
  }
}
