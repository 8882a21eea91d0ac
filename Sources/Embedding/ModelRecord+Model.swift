package import CLIP
import Foundation
import Images
package import Runs

extension Manifest.ModelRecord {
  /// What a manifest says of a model.
  package init(_ model: CLIPModel) {
    self.init(
      name: model.name, digest: "\(model.digest)",
      path: model.directory.map { URL(fileURLWithPath: $0).standardizedFileURL.path },
      files: model.fileDigests.mapValues { "\($0)" },
      dimension: model.configuration.projectionDimension,
      preprocessing: model.preprocessing.canonicalDescription)
  }
}
