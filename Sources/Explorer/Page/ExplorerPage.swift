internal import Pages

/// The page of the explorer: its markup, and what that loads from `/assets/`.
///
/// Scripts and styles are files of their own, so that the page's policy need allow nothing written into markup.
package enum ExplorerPage {
  /// What stands at `/`.
  package static let page: PageAsset = {
    // The parts of the map are no modules: each uses what those before it have defined.
    let scripts = MapScripts.all.map { script -> HTML in
      "<script defer src=\"assets/\(script.name)\"></script>\n"
    }.joined()
    let markup = String(decoding: PackageResources.explorer_html, as: UTF8.self)
      .replacing("<!-- MAP SCRIPTS -->\n", with: scripts.markup)
    return PageAsset(Array(markup.utf8), mediaType: "text/html; charset=utf-8")
  }()

  /// What the page loads, by the name under `/assets/`.
  package static let assets: [String: PageAsset] = {
    let scripts =
      MapScripts.all + [
        ("explorer.js", PackageResources.explorer_js),
        ("explorer-client.js", PackageResources.explorer_client_js),
        ("explorer-detail.js", PackageResources.explorer_detail_js),
        ("explorer-elements.js", PackageResources.explorer_elements_js),
        ("explorer-filters.js", PackageResources.explorer_filters_js),
        ("explorer-gallery.js", PackageResources.explorer_gallery_js),
        ("explorer-images.js", PackageResources.explorer_images_js),
        ("explorer-keyboard.js", PackageResources.explorer_keyboard_js),
        ("explorer-legend.js", PackageResources.explorer_legend_js),
        ("explorer-map.js", PackageResources.explorer_map_js),
        ("explorer-masks.js", PackageResources.explorer_masks_js),
        ("explorer-model.js", PackageResources.explorer_model_js),
        ("explorer-search.js", PackageResources.explorer_search_js),
        ("explorer-selection.js", PackageResources.explorer_selection_js),
        ("explorer-view.js", PackageResources.explorer_view_js),
        ("explorer-waiting.js", PackageResources.explorer_waiting_js),
      ]
    let styles = [
      ("page.css", PageStyles.shared), MapScripts.style,
      ("explorer.css", PackageResources.explorer_css),
    ]
    let parts =
      scripts.map { ($0.0, PageAsset($0.1, mediaType: "text/javascript; charset=utf-8")) }
      + styles.map { ($0.0, PageAsset($0.1, mediaType: "text/css; charset=utf-8")) }
    return Dictionary(uniqueKeysWithValues: parts)
  }()
}
