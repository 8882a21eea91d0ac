/// The look that all pages share, for those that load it as a file.
package enum PageStyles {
  /// Rules of CSS: colors for light and dark ground, type, tables, cards, legends.
  package static var shared: [UInt8] { PackageResources.page_css }
}
