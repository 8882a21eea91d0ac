import CFreeType
import CLIP
import Embedding
import FileAnalyses
import Files
import Images
import Pages
import Runs

/// A sign.
package struct Sign {}
