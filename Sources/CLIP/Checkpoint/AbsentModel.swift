import Files

/// What to say of a model's folder that is not there.
enum AbsentModel {
  /// OpenAI's own names of its models, by which Python loads them, and those on the Hub.
  private static let released = [
    "ViT-B/32": "openai/clip-vit-base-patch32", "ViT-B/16": "openai/clip-vit-base-patch16",
    "ViT-L/14": "openai/clip-vit-large-patch14",
    "ViT-L/14@336px": "openai/clip-vit-large-patch14-336",
  ]

  /// The error for a folder that is not there: how to fetch the model where the name may be one of the
  /// Hub.
  ///
  /// - Parameter name: What was given in place of a folder.
  /// - Returns: The error.
  static func error(_ name: String) -> FileError {
    guard let hubName = hubName(name) else {
      return FileError(
        name, "no such folder; expected a CLIP in Hugging Face layout", kind: .missing)
    }
    let folder = hubName.split(separator: "/").last.map(String.init) ?? hubName
    // A path that ends in the model's own name is where it is to lie; another becomes the folder's.
    let isPlace = name != hubName && name.hasSuffix("/" + folder) && !name.contains(":")
    let (model, place, then) =
      isPlace
      ? ("the model \(hubName)", name, "")
      : ("a model", folder, ", and then the folder \(folder) in place of \(name)")
    return FileError(
      name,
      "no such folder; if \(model) of the Hugging Face Hub is meant: hf download \(hubName) "
        + "--local-dir \(place)\(then)",
      kind: .missing)
  }

  /// The name on the Hub that may be meant, `OWNER/NAME`; nil for what can only be a path.
  private static func hubName(_ name: String) -> String? {
    for (short, hub) in released
    where [short, short.replacing("/", with: "-")].contains(name)
      || hub.split(separator: "/").last == name.split(separator: "/").last && !name.contains(":")
    {
      return hub
    }
    var rest = name[...]
    for prefix in ["https://huggingface.co/", "hf-hub:", "hf://"] where rest.hasPrefix(prefix) {
      rest = rest.dropFirst(prefix.count)
    }
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    let isName = rest.wholeMatch(of: /[A-Za-z0-9][\w.\-]*\/[A-Za-z0-9][\w.\-]*/) != nil
    return isName ? String(rest) : nil
  }
}
