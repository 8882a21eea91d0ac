import Files
import Foundation
import Pages
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

  /// What everything here uses.
  static let clip = Paper(
    what: "CLIP",
    reference:
      "Radford et al. 2021, Learning transferable visual models from natural language supervision",
    doi: "10.48550/arXiv.2103.00020", file: nil)

  /// What every run uses.
  private static let papers = [
    clip,
    Paper(
      what: "The Describable Textures Dataset and its 47 classes",
      reference: "Cimpoi et al. 2014, Describing textures in the wild",
      doi: "10.1109/CVPR.2014.461", file: nil),
  ]

  /// The section's contents: the program, and the papers whose files a run has.
  static func html(has: (String) -> Bool) -> HTML {
    html((papers + PageSection.all.flatMap(\.papers)).filter { $0.file.map(has) ?? true })
  }

  /// The program, and some papers.
  static func html(_ papers: [Paper]) -> HTML {
    let items = papers.map { paper -> HTML in
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
