import CKernels

extension RGBImage {
  /// The image at another size, equal to Pillow's `resize((width, height), filter)`.
  ///
  /// Method: one axis after the other, 8 bits between the two, and an axis whose length stays is left
  /// alone; a smaller image is filtered with a wider filter, which leaves out what it cannot hold.
  ///
  /// - Parameters:
  ///   - width: The width of the result, in pixels.
  ///   - height: The height of the result.
  ///   - filter: How samples are weighted.
  /// - Returns: An image of exactly that size.
  /// - Complexity: O(w · h), w and h the larger of the widths and of the heights.
  public func resized(
    width: Int, height: Int, filter: ResamplingFilter = .bicubic
  ) -> RGBImage {
    precondition(width > 0 && height > 0)
    return RGBImage(
      width: width, height: height,
      pixels: resampled(
        width: width, height: height, columns: 0..<width, rows: 0..<height, filter: filter))
  }

  /// The image in its proportions, its longer side brought to a length; what has that length stays as it is.
  ///
  /// - Parameters:
  ///   - side: The length of the longer side of the result, in pixels; the other is rounded to whole pixels,
  ///     halves up, and is at least 1.
  ///   - grows: Whether an image whose longer side is shorter is enlarged, or stays as it is.
  /// - Returns: The image at that size, as `resized(width:height:)` makes it.
  public func resized(longerSide side: Int, grows: Bool) -> RGBImage {
    precondition(side > 0)
    let longer = max(width, height)
    guard longer > side || grows && longer < side else { return self }
    func scaled(_ length: Int) -> Int { max(1, (length * side + longer / 2) / longer) }
    return resized(width: scaled(width), height: scaled(height))
  }

  /// The centre of the image at another size, by the bicubic filter; only the pixels inside the crop are
  /// computed.
  ///
  /// Crops as Hugging Face's image processors do: from row `(height − cropHeight) / 2`, rounded
  /// down; where the resized image is smaller than the crop it is framed with zeros, the thicker
  /// side first.
  ///
  /// - Parameters:
  ///   - width: The width to resize to, in pixels.
  ///   - height: The height to resize to.
  ///   - cropWidth: The width of the result.
  ///   - cropHeight: The height of the result.
  /// - Returns: An image of `cropWidth` × `cropHeight`.
  /// - Complexity: O(w · h), w and h the larger of the crop's sides and of those of what it shows of the
  ///   image.
  public func resizedAndCropped(
    width: Int, height: Int, cropWidth: Int, cropHeight: Int
  ) -> RGBImage {
    precondition(width > 0 && height > 0 && cropWidth > 0 && cropHeight > 0)
    let left = max(0, (width - cropWidth) / 2)
    let top = max(0, (height - cropHeight) / 2)
    let columns = left..<min(width, left + cropWidth)
    let rows = top..<min(height, top + cropHeight)
    let inside = resampled(
      width: width, height: height, columns: columns, rows: rows, filter: .bicubic)
    if columns.count == cropWidth && rows.count == cropHeight {
      return RGBImage(width: cropWidth, height: cropHeight, pixels: inside)
    }
    let frameLeft = (cropWidth - columns.count + 1) / 2
    let frameTop = (cropHeight - rows.count + 1) / 2
    var framed = [UInt8](repeating: 0, count: cropWidth * cropHeight * 3)
    let length = columns.count * 3
    for y in 0..<rows.count {
      let start = ((frameTop + y) * cropWidth + frameLeft) * 3
      framed.replaceSubrange(
        start..<start + length, with: inside[y * length..<(y + 1) * length])
    }
    return RGBImage(width: cropWidth, height: cropHeight, pixels: framed)
  }

  /// The given columns and rows of the image resized to `width` × `height`: [rows, columns, 3].
  private func resampled(
    width: Int, height: Int, columns: Range<Int>, rows: Range<Int>, filter: ResamplingFilter
  ) -> [UInt8] {
    var horizontal = ResamplingAxis(from: self.width, to: width, filter: filter)
    var vertical = ResamplingAxis(from: self.height, to: height, filter: filter)
    var region = Region(
      of: self, columns: width == self.width ? columns : horizontal.window(of: columns),
      rows: height == self.height ? rows : vertical.window(of: rows))
    // Bytes between the passes make their order matter. Pillow takes the rows first since 13.0 when
    // the height shrinks by more than twice what the width does.
    let lost = self.height - height
    let startsWithRows = lost > 0 && lost > 2 * (self.width - width)
    if height != self.height && startsWithRows {
      region = region.resampled(along: &vertical, to: rows)
    }
    if width != self.width {
      // Sums over columns are slow in interleaved memory; transposed, they are sums over rows.
      region = region.transposed().resampled(along: &horizontal, to: columns).transposed()
    }
    if height != self.height && !startsWithRows {
      region = region.resampled(along: &vertical, to: rows)
    }
    return region.packed()
  }
}

/// A rectangle of pixels inside an array; the door to the C kernels.
private struct Region {
  let samples: [UInt8]
  let offset: Int  // of the first pixel
  let stride: Int  // from a row to the next
  let columns: Range<Int>  // as the image counts them
  let rows: Range<Int>

  init(of image: RGBImage, columns: Range<Int>, rows: Range<Int>) {
    samples = image.pixels
    offset = (rows.lowerBound * image.width + columns.lowerBound) * 3
    stride = image.width * 3
    self.columns = columns
    self.rows = rows
    precondition(offset + (rows.count - 1) * stride + columns.count * 3 <= samples.count)
  }

  /// Pixels without gaps: [rows, columns, 3].
  private init(packed samples: [UInt8], columns: Range<Int>, rows: Range<Int>) {
    precondition(samples.count == rows.count * columns.count * 3)
    self.samples = samples
    offset = 0
    stride = columns.count * 3
    self.columns = columns
    self.rows = rows
  }

  /// The rows `outputs` of the image of another height.
  func resampled(along axis: inout ResamplingAxis, to outputs: Range<Int>) -> Region {
    let lanes = columns.count * 3
    var weights: [Int32] = []
    let sums = unsafe samples.withUnsafeBufferPointer { samples in
      unsafe [UInt8](unsafeUninitializedCapacity: outputs.count * lanes) { buffer, initialized in
        guard let input = samples.baseAddress, let result = buffer.baseAddress else { return }
        for (index, output) in outputs.enumerated() {
          let window = axis.window(of: output)
          precondition(window.lowerBound >= rows.lowerBound)
          precondition(window.upperBound <= rows.upperBound)
          axis.computeWeights(of: output, into: &weights)
          unsafe kernel_weighted_rows(
            input + offset + (window.lowerBound - rows.lowerBound) * stride, stride, weights,
            weights.count, result + index * lanes, lanes)
        }
        initialized = outputs.count * lanes
      }
    }
    return Region(packed: sums, columns: columns, rows: outputs)
  }

  /// The same pixels with rows and columns exchanged.
  func transposed() -> Region {
    let count = columns.count * rows.count * 3
    let exchanged = unsafe samples.withUnsafeBufferPointer { samples in
      unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        guard let input = samples.baseAddress, let result = buffer.baseAddress else { return }
        unsafe kernel_transpose_pixels(input + offset, stride, rows.count, columns.count, result)
        initialized = count
      }
    }
    return Region(packed: exchanged, columns: rows, rows: columns)
  }

  /// The pixels in the order [rows, columns, 3].
  func packed() -> [UInt8] {
    if samples.count == rows.count * columns.count * 3 { return samples }
    return rows.indices.flatMap { row in
      let start = offset + (row - rows.lowerBound) * stride
      return samples[start..<start + columns.count * 3]
    }
  }
}
