import Files
import Foundation
import Pages
import RunAnalyses
import Runs
import Version

/// How to cite the program and the methods that a run used.
enum Citations {
  /// The program, as CITATION.cff has it.
  static let title =
    "topoclip: topological robustness analysis of CLIP embeddings under image noise"
  /// Its authors, as CITATION.cff has them.
  static let authors = "The topoclip authors"

  /// A BibTeX entry of the program in the version that is running.
  static var bibtex: String {
    """
    @software{topoclip,
      title   = {\(title)},
      author  = {{\(authors)}},
      version = {\(ProgramVersion.current.version)},
      license = {MIT}
    }
    """
  }

  /// A paper, and the file of a run that shows that its method was used.
  struct Paper: Sendable {
    let what: String
    let reference: String
    /// Its DOI; nil for what has none.
    let doi: String?
    /// A file or folder of the run directory; nil for what every run uses.
    let file: String?
  }

  static let papers = [
    Paper(
      what: "CLIP",
      reference:
        "Radford et al. 2021, Learning transferable visual models from natural language supervision",
      doi: "10.48550/arXiv.2103.00020", file: nil),
    Paper(
      what: "The Describable Textures Dataset and its 47 classes",
      reference: "Cimpoi et al. 2014, Describing textures in the wild",
      doi: "10.1109/CVPR.2014.461", file: nil),
    Paper(
      what: "Kinds of noise and corruption error",
      reference:
        "Hendrycks and Dietterich 2019, Benchmarking neural network robustness to common corruptions and perturbations",
      doi: "10.48550/arXiv.1903.12261", file: CorruptionColumns.file.pattern.text),
    Paper(
      what: "Persistent homology of Vietoris–Rips complexes",
      reference: "Bauer 2021, Ripser: efficient computation of Vietoris–Rips persistence barcodes",
      doi: "10.1007/s41468-021-00071-5", file: DiagramColumns.file.pattern.folder),
    Paper(
      what: "Stability of diagrams",
      reference: "Chazal, de Silva and Oudot 2014, Persistence stability for geometric complexes",
      doi: "10.1007/s10711-013-9937-z", file: DistanceColumns.file.pattern.text),
    Paper(
      what: "Confidence bands of diagrams",
      reference: "Fasy et al. 2014, Confidence sets for persistence diagrams",
      doi: "10.1214/14-AOS1252", file: BandColumns.file.pattern.text),
    Paper(
      what: "Tests of diagrams",
      reference: "Robinson and Turner 2017, Hypothesis testing for topological data analysis",
      doi: "10.1007/s41468-017-0008-7", file: DiagramTestColumns.file.pattern.text),
    Paper(
      what: "BCa intervals", reference: "Efron 1987, Better bootstrap confidence intervals",
      doi: "10.1080/01621459.1987.10478410", file: LevelColumns.file.pattern.text),
    Paper(
      what: "Correction for several tests",
      reference:
        "Holm 1979, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 65–70",
      doi: nil, file: TrackingColumns.file.pattern.text),
    Paper(
      what: "Calibration error and temperature scaling",
      reference: "Guo et al. 2017, On calibration of modern neural networks",
      doi: "10.48550/arXiv.1706.04599", file: ReliabilityColumns.file.pattern.text),
    Paper(
      what: "t-SNE",
      reference:
        "van der Maaten and Hinton 2008, Visualizing data using t-SNE, Journal of Machine Learning Research 9, 2579–2605",
      doi: nil, file: LayoutColumns.path(.tsne, isSample: false, isJoint: false, .clean)),
    Paper(
      what: "UMAP",
      reference:
        "McInnes, Healy and Melville 2018, UMAP: uniform manifold approximation and projection",
      doi: "10.48550/arXiv.1802.03426",
      file: LayoutColumns.path(.umap, isSample: false, isJoint: false, .clean)),
    Paper(
      what: "Principal angles",
      reference:
        "Björck and Golub 1973, Numerical methods for computing angles between linear subspaces",
      doi: "10.1090/S0025-5718-1973-0348991-3", file: AngleColumns.file.pattern.folder),
    Paper(
      what: "Centred kernel alignment",
      reference: "Kornblith et al. 2019, Similarity of neural network representations revisited",
      doi: "10.48550/arXiv.1905.00414", file: GeometryColumns.file.pattern.text),
    Paper(
      what: "Intrinsic dimension by two neighbours",
      reference:
        "Facco et al. 2017, Estimating the intrinsic dimension of datasets by a minimal neighborhood information",
      doi: "10.1038/s41598-017-11873-y", file: GeometryColumns.file.pattern.text),
    Paper(
      what: "Single linkage",
      reference: "Gower and Ross 1969, Minimum spanning trees and single linkage cluster analysis",
      doi: "10.2307/2346439", file: MergeColumns.file.pattern.text),
  ]

  /// The section's contents: the program, and the papers whose files a run has.
  static func html(has: (String) -> Bool) -> HTML {
    let items = papers.filter { $0.file.map(has) ?? true }.map { paper -> HTML in
      let link = paper.doi.map { doi -> HTML in
        ", <a href=\"https://doi.org/\(doi)\">doi:\(doi)</a>"
      }
      return "<li>\(paper.what): \(paper.reference)\(link ?? "").</li>"
    }
    return """
      <pre tabindex="0">\(bibtex)</pre>
      <p>The methods are those of these papers; cite the ones you rely on:</p>
      <ul>
      \(items.joined(separator: "\n"))
      </ul>

      """
  }
}
