/// The map component, as a page of its own inside or as files that a server gives.
package enum MapScripts {
  /// The scripts in the order in which one uses another; each is a plain script, no module.
  package static let all: [(name: String, bytes: [UInt8])] = [
    ("point-marks.js", PackageResources.point_marks_js),
    ("point-map-grid.js", PackageResources.point_map_grid_js),
    ("point-map-camera.js", PackageResources.point_map_camera_js),
    ("point-map-canvas.js", PackageResources.point_map_canvas_js),
    ("point-map-webgl.js", PackageResources.point_map_webgl_js),
    ("point-map-images.js", PackageResources.point_map_images_js),
    ("point-map-overlay.js", PackageResources.point_map_overlay_js),
    ("point-map-controls.js", PackageResources.point_map_controls_js),
    ("point-map-input.js", PackageResources.point_map_input_js),
    ("point-map.js", PackageResources.point_map_js),
  ]

  /// Its style sheet; the colors are the variables of the page's own.
  package static let style: (name: String, bytes: [UInt8]) = (
    "point-map.css", PackageResources.point_map_css
  )
}
