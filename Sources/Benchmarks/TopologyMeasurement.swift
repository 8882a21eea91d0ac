import FileAnalyses
import Files
import Foundation
import LinearAlgebra
import RunAnalyses
import Runs
import Topology

/// One run of a workload.
struct TopologyMeasurement: Sendable {
  let seconds: Double
  let peakMemoryBytes: Int?
  /// Bars a dimension, or the sum of the distances.
  let result: [Double]
}

extension TopologyWorkload {
  /// Reads the inputs; the function returned runs the workload once.
  func prepared() throws -> () throws -> TopologyMeasurement {
    switch job {
    case .diagrams(let files, let kind): return try preparedDiagrams(files, kind: kind)
    case .process(let file, let isDistances):
      return { try runProcess(file, isDistances: isDistances) }
    case .distances(let pairs, let metric, let tolerance):
      let diagrams = try pairs.map { (try DiagramTable.read($0), try DiagramTable.read($1)) }
      let comparison = DiagramComparison(
        metric: metric, ground: .infinity, tolerance: tolerance, dimension: 1)
      return {
        let start = ContinuousClock.now
        let sum = try diagrams.reduce(0.0) { sum, pair in
          try sum + comparison.compare(pair.0, pair.1).reduce(0) { $0 + $1.distance }
        }
        return TopologyMeasurement(
          seconds: (ContinuousClock.now - start) / .seconds(1), peakMemoryBytes: nil,
          result: [sum])
      }
    }
  }

  private func preparedDiagrams(
    _ files: [String], kind: TopologyInput.Kind
  ) throws -> () throws -> TopologyMeasurement {
    let control = ComputationControl(isCancelled: { Interruption.isRequested })
    let settings = TopologyInput.Settings(
      kind: kind, keepsDoubles: false, landmarks: nil, scale: .number(1), threshold: threshold)
    let filtrations = try files.map {
      try TopologyInput(
        $0, settings: settings, workers: Parallel.workers, control: control
      ).filtration
    }
    let rips = VietorisRips(maximumDimension: maximumDimension, threshold: threshold)
    let workers = files.count > 1 ? 1 : Parallel.workers
    return {
      let start = ContinuousClock.now
      let diagrams = try Parallel.tryMap(count: filtrations.count) { index in
        try rips.persistence(of: filtrations[index], workers: workers, control: control).diagram
      }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let counts = (0...maximumDimension).map { dimension in
        Double(diagrams.reduce(0) { $0 + $1.bars(dimension: dimension).count })
      }
      return TopologyMeasurement(seconds: seconds, peakMemoryBytes: nil, result: counts)
    }
  }

  /// Runs `topoclip persistence` on the file and waits for its end, with its resource usage.
  private func runProcess(_ file: String, isDistances: Bool) throws -> TopologyMeasurement {
    let scratch = try PrivateFolder()
    defer { scratch.remove() }
    let output = scratch.path + "/diagram.csv"
    var arguments = [
      "persistence", file, "--max-dimension", "\(maximumDimension)", "--threads",
      "\(Parallel.workers)", "--quiet", "--output", output,
    ]
    if isDistances { arguments.append("--distances") }
    if let threshold { arguments += ["--threshold", "\(threshold)"] }
    let usage = try MeasuredProcess(arguments)
    let bars = try DiagramTable.read(output)
    let counts = (0...maximumDimension).map { dimension in
      Double(bars.count { $0.dimension == dimension })
    }
    return TopologyMeasurement(
      seconds: usage.seconds, peakMemoryBytes: usage.peakMemoryBytes, result: counts)
  }

  // MARK: Inputs

  private static let classCount = 47
  private static let ambientDimension = 512

  /// Makes the inputs that have a formula and are not there yet.
  ///
  /// Clouds are 47 classes around a shared mean in R⁵¹²: a centre, twenty directions of their own, and
  /// isotropic noise, on the unit sphere, as image embeddings lie. Files of the same name that another
  /// program made are used as they are.
  func makeInputs(in folder: String) throws {
    for file in files where !FileManager.default.fileExists(atPath: file) {
      let name = URL(fileURLWithPath: file).lastPathComponent
      if let match = name.wholeMatch(of: /mix([0-9]+)\.npy/), let count = Int(match.1) {
        try AtomicFile.write(NumPyFile.encode(Self.clouds(count: count)), to: file)
      } else if let match = name.wholeMatch(of: /(mix[0-9]+)\.distances\.npy/) {
        let points = "\(folder)/\(match.1).npy"
        let other = TopologyWorkload(
          name: name, job: .process(file: points, isDistances: false))
        try other.makeInputs(in: folder)
        let settings = TopologyInput.Settings(
          kind: .points(.euclidean), keepsDoubles: false, landmarks: nil, scale: .number(1),
          threshold: nil)
        try TopologyInput(
          points, settings: settings, workers: Parallel.workers, control: ComputationControl()
        ).filtration.write(to: file, scale: 1)
      } else if let match = name.wholeMatch(of: /c([0-9]+)\.npy/), let index = Int(match.1) {
        let all = Self.clouds(count: Self.classCount * 120)
        let cloud = all.selectingRows(index * 120..<(index + 1) * 120)
        try AtomicFile.write(NumPyFile.encode(cloud), to: file)
      } else if name == "circle3000.npy" {
        let angles = (0..<3000).map { 2 * Double.pi * Double($0) / 3000 }
        try AtomicFile.write(
          NumPyFile.encode(Matrix<Double>(angles.map { [cos($0), sin($0)] })), to: file)
      } else if name == "clifford2000.npy" {
        var stream = RandomStream(domain: "benchmark/clifford", seed: 0)
        let points = (0..<2000).map { _ in
          let (a, b) = (2 * Double.pi * stream.uniform(), 2 * Double.pi * stream.uniform())
          return [cos(a), sin(a), cos(b), sin(b)]
        }
        try AtomicFile.write(NumPyFile.encode(Matrix<Double>(points)), to: file)
      }
    }
  }

  private static func clouds(count: Int) -> Matrix<Float> {
    let (d, rank) = (ambientDimension, 20)
    func normals(_ name: String, _ count: Int) -> [Float] {
      RandomStream(domain: "benchmark/clouds/\(name)", seed: 0).normals(count: count)
    }
    let mean = normals("mean", d)
    let centres = normals("centres", classCount * d)
    let directions = normals("directions", classCount * rank * d)
    let coordinates = normals("coordinates", count * rank)
    let noise = normals("noise", count * d)
    let unit = 1 / Float(d).squareRoot()  // a normal vector divided by √d has length about 1
    var points = Matrix<Float>(rows: count, columns: d)
    for i in 0..<count {
      let c = i * classCount / count
      var row = (0..<d).map { k in
        unit * (0.75 * mean[k] + 0.45 * centres[c * d + k] + 0.15 * noise[i * d + k])
      }
      for r in 0..<rank {
        // Directions fall off as exp(−r / 8), of total length 0.4.
        let weight = 0.2 * exp(-Float(r) / 8) * coordinates[i * rank + r] * unit
        for k in 0..<d { row[k] += weight * directions[(c * rank + r) * d + k] }
      }
      let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for k in 0..<d { points.values[i * d + k] = row[k] / norm }
    }
    return points
  }
}
