import Foundation

/// Says something on standard error.
package func announce(_ line: String, isQuiet: Bool) {
  if !isQuiet { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}
