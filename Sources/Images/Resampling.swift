import CKernels

extension RGBImage {
  /// The image at another size, equal to Pillow's `resize((width, height), BICUBIC)`.
  ///
  /// Method: see `BicubicFilter`; columns first, then rows, 8 bits between the two, and an axis
  /// whose length stays is left alone. About four operations a pixel and axis, of the larger image.
  ///
  /// - Parameters:
  ///   - width: The width of the result, in pixels.
  ///   - height: The height of the result.
  /// - Returns: An image of exactly that size.
  public func resized(width: Int, height: Int) -> RGBImage {
    resizedAndCropped(width: width, height: height, cropWidth: width, cropHeight: height)
  }

  /// The centre of the image at another size; only the pixels inside the crop are computed.
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
  public func resizedAndCropped(
    width: Int, height: Int, cropWidth: Int, cropHeight: Int
  ) -> RGBImage {
    precondition(width > 0 && height > 0 && cropWidth > 0 && cropHeight > 0)
    let left = max(0, (width - cropWidth) / 2)
    let top = max(0, (height - cropHeight) / 2)
    let columns = left..<min(width, left + cropWidth)
    let rows = top..<min(height, top + cropHeight)
    let inside = resampled(width: width, height: height, columns: columns, rows: rows)
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
    width: Int, height: Int, columns: Range<Int>, rows: Range<Int>
  ) -> [UInt8] {
    var vertical = BicubicFilter(from: self.height, to: height)
    let read = height == self.height ? rows : vertical.window(of: rows)
    var source: PixelRows
    if width == self.width {
      source = PixelRows(
        samples: pixels, offset: (read.lowerBound * width + columns.lowerBound) * 3,
        stride: width * 3, numbers: read)
    } else {
      // Sums over columns are slow in interleaved memory; transposed, they are sums over rows.
      var horizontal = BicubicFilter(from: self.width, to: width)
      let window = horizontal.window(of: columns)
      let strip = PixelRows(
        samples: pixels, offset: (read.lowerBound * self.width + window.lowerBound) * 3,
        stride: self.width * 3, numbers: read)
      let upright = PixelRows(
        samples: strip.transposed(columns: window.count), offset: 0, stride: read.count * 3,
        numbers: window)
      let narrowed = PixelRows(
        samples: upright.filtered(by: &horizontal, outputs: columns, lanes: read.count * 3),
        offset: 0, stride: read.count * 3, numbers: columns)
      source = PixelRows(
        samples: narrowed.transposed(columns: read.count), offset: 0, stride: columns.count * 3,
        numbers: read)
    }
    if height != self.height {
      return source.filtered(by: &vertical, outputs: rows, lanes: columns.count * 3)
    }
    return (0..<rows.count).flatMap { y in
      let start = source.offset + y * source.stride
      return source.samples[start..<start + columns.count * 3]
    }
  }
}

/// Some rows of samples inside an array; the door to the C kernels.
private struct PixelRows {
  var samples: [UInt8]
  var offset: Int  // of the first row
  var stride: Int  // from a row to the next
  var numbers: Range<Int>  // of the rows, as windows count them

  /// The weighted sums of rows for a range of output rows: [outputs, lanes].
  func filtered(by filter: inout BicubicFilter, outputs: Range<Int>, lanes: Int) -> [UInt8] {
    precondition(offset + (numbers.count - 1) * stride + lanes <= samples.count)
    var weights: [Int32] = []
    return unsafe samples.withUnsafeBufferPointer { samples in
      unsafe [UInt8](unsafeUninitializedCapacity: outputs.count * lanes) { buffer, initialized in
        guard let input = samples.baseAddress, let result = buffer.baseAddress else { return }
        for (row, output) in outputs.enumerated() {
          let window = filter.window(of: output)
          precondition(numbers.contains(window.lowerBound) && window.upperBound <= numbers.upperBound)
          filter.computeWeights(of: output, into: &weights)
          unsafe kernel_weighted_rows(
            input + offset + (window.lowerBound - numbers.lowerBound) * stride, stride, weights,
            weights.count, result + row * lanes, lanes)
        }
        initialized = outputs.count * lanes
      }
    }
  }

  /// The first pixels of each row, with rows and columns exchanged: [columns, rows, 3].
  func transposed(columns: Int) -> [UInt8] {
    precondition(offset + (numbers.count - 1) * stride + columns * 3 <= samples.count)
    return unsafe samples.withUnsafeBufferPointer { samples in
      let count = columns * numbers.count * 3
      return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        guard let input = samples.baseAddress, let result = buffer.baseAddress else { return }
        unsafe kernel_transpose_pixels(input + offset, stride, numbers.count, columns, result)
        initialized = count
      }
    }
  }
}
