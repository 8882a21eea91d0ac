/// The map of embeddings that the page's script draws into; what it draws is `PageData`.
package enum LayoutMap {
  /// Controls, canvas and legend; the script fills them.
  package static let html: HTML = """
    <p class="map-words note">Every point is an image. Point at one, tap it, or give the map the focus and use the arrow keys: its image, class and \
    prediction appear; Enter picks out its class, Escape lets go. Drag to move the map; plus and minus, two fingers, or the wheel \
    once the map was pressed, zoom. The level moves all points; in a map of all levels \
    together the way of the chosen image is drawn. Distances between far clusters, and the sizes of clusters, mean little \
    in t-SNE and UMAP.</p>
    <div class="map">
    <div class="controls">
    <label>Method <select name="method"></select></label>
    <label>Fit <select name="frame"></select></label>
    <label>Images <select name="scope"></select></label>
    <label>Noise <select name="noise"></select></label>
    <label>Seed <select name="seed"></select></label>
    <label>Colour <select name="coloring"></select></label>
    <label class="level"><span>Level: <output></output></span>\
    <input type="range" name="level" min="0" max="0" step="1" value="0"></label>
    </div>
    <div class="stage"><div class="card" hidden><canvas width="48" height="48" aria-hidden="true"></canvas><div></div></div></div>
    <div class="legend" role="group" aria-label="Classes: press one to pick it out"></div>
    <p class="picked note" role="status"></p>
    <p class="quality note"></p>
    <div class="unseen" role="status" aria-live="polite"></div>
    <noscript><p class="note">The map needs a script, which this browser does not run.</p></noscript>
    </div>

    """
}
