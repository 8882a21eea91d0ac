"use strict";

/** Draws points by WebGL2: positions and colors lie in buffers, so that moving the map changes three numbers. */
class WebGLPoints {
  /**
   * Null where there is no WebGL2, or where a processor draws it and it was not asked for: `CanvasPoints` is ten times
   * faster then.
   *
   * @param isAsked whether to take WebGL that no graphics card draws. @param lost called when the context is lost.
   */
  static make(canvas, isAsked, lost) {
    const context = canvas.getContext("webgl2", { alpha: false, antialias: false, depth: false, stencil: false });
    if (!context) return null;
    const names = context.getExtension("WEBGL_debug_renderer_info");
    const card = String(context.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : context.RENDERER));
    if (!isAsked && /swiftshader|llvmpipe|softpipe|software|basic render/i.test(card)) {
      context.getExtension("WEBGL_lose_context")?.loseContext();
      return null;
    }
    canvas.addEventListener("webglcontextlost", lost);
    try {
      return new WebGLPoints(canvas, context, lost);
    } catch {
      canvas.removeEventListener("webglcontextlost", lost);
      return null;
    }
  }

  constructor(canvas, gl, lost) {
    this.name = "webgl";
    [this.canvas, this.gl, this.lost] = [canvas, gl, lost];
    this.program = gl.createProgram();
    for (const [kind, source] of [[gl.VERTEX_SHADER, WebGLPoints.vertex], [gl.FRAGMENT_SHADER, WebGLPoints.fragment]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(this.program, shader);
    }
    gl.linkProgram(this.program);
    if (!gl.getProgramParameter(this.program, gl.LINK_STATUS)) throw new Error("WebGL does not take the shaders");
    gl.useProgram(this.program);
    this.uniforms = {};
    for (const name of ["center", "scale", "size", "side", "atlas", "rest", "opacity"]) {
      this.uniforms[name] = gl.getUniformLocation(this.program, name);
    }
    [this.positions, this.colors, this.order] = [gl.createBuffer(), gl.createBuffer(), gl.createBuffer()];
    this.attribute("position", this.positions, 2, gl.FLOAT, false);
    this.attribute("color", this.colors, 4, gl.UNSIGNED_BYTE, true);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.order);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    this.atlases = new Map();
  }

  attribute(name, buffer, size, type, isNormalized) {
    const { gl } = this;
    const place = gl.getAttribLocation(this.program, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, size, type, isNormalized, 0, 0);
  }

  draw(scene, dirty) {
    const { gl, uniforms } = this;
    if (gl.isContextLost()) return this.lost();
    const fill = (target, buffer, values) => {
      gl.bindBuffer(target, buffer);
      gl.bufferData(target, values, gl.DYNAMIC_DRAW);
    };
    if (dirty.has("positions")) fill(gl.ARRAY_BUFFER, this.positions, scene.positions);
    if (dirty.has("colors")) fill(gl.ARRAY_BUFFER, this.colors, scene.colors);
    if (dirty.has("order")) fill(gl.ELEMENT_ARRAY_BUFFER, this.order, scene.order);
    if (this.canvas.width !== scene.width || this.canvas.height !== scene.height) {
      [this.canvas.width, this.canvas.height] = [scene.width, scene.height];
    }
    this.ground = scene.ground;
    gl.viewport(0, 0, scene.width, scene.height);
    gl.clearColor(...scene.ground.map((value) => value / 255), 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform2f(uniforms.center, scene.x, scene.y);
    gl.uniform2f(uniforms.scale, scene.unit, -scene.unit);
    gl.uniform2f(uniforms.size, scene.width, scene.height);
    const put = (first, end, radius, opacity, rest) => {
      if (first === end) return;
      gl.uniform1i(uniforms.side, this.useAtlas(radius));
      gl.uniform4fv(uniforms.rest, rest);
      gl.uniform1f(uniforms.opacity, opacity);
      gl.drawElements(gl.POINTS, end - first, gl.UNSIGNED_INT, 4 * first);
    };
    const rest = [...scene.rest.map((value) => value / 255), 1];
    put(0, scene.dimCount, scene.radius * 0.8, scene.restOpacity, rest);
    put(scene.dimCount, scene.order.length, scene.radius, scene.opacity, [0, 0, 0, 0]);
  }

  /** Binds the shapes side by side in a texture; its height is what it returns. */
  useAtlas(radius) {
    const { gl } = this;
    const side = PointMarks.side(radius);
    let atlas = this.atlases.get(radius);
    if (atlas) {
      gl.bindTexture(gl.TEXTURE_2D, atlas);
      return side;
    }
    if (this.atlases.size > 60) {
      for (const old of this.atlases.values()) gl.deleteTexture(old);
      this.atlases.clear();
    }
    atlas = gl.createTexture();
    this.atlases.set(radius, atlas);
    const pixels = new Uint8Array(PointMarks.shapes.length * side * side);
    PointMarks.shapes.forEach((_, shape) => pixels.set(PointMarks.coverage(shape, radius), shape * side * side));
    gl.bindTexture(gl.TEXTURE_2D, atlas);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.texImage2D(
      gl.TEXTURE_2D, 0, gl.R8, side, PointMarks.shapes.length * side, 0, gl.RED, gl.UNSIGNED_BYTE, pixels);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
      gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
    }
    return side;
  }

  /** Whether nothing but the ground is on the canvas; to be asked right after drawing. */
  isBlank() {
    const { gl, ground } = this;
    const [width, height] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
    const pixels = new Uint8Array(4 * width * height);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    for (let i = 0; i < pixels.length; i += 4) {
      if (Math.abs(pixels[i] - ground[0]) + Math.abs(pixels[i + 1] - ground[1]) + Math.abs(pixels[i + 2] - ground[2]) > 6) {
        return false;
      }
    }
    return true;
  }

  destroy() {
    this.canvas.removeEventListener("webglcontextlost", this.lost);
    this.gl.getExtension("WEBGL_lose_context")?.loseContext();
  }
}

// A point's middle is moved to the middle of a pixel, so that its shape is that of the texture, pixel by pixel.
WebGLPoints.vertex = `#version 300 es
in vec2 position;
in vec4 color;
uniform vec2 center, scale, size;
uniform int side;
uniform vec4 rest;
flat out vec3 tint;
flat out int line;
void main() {
  vec2 pixel = floor((position - center) * scale + size * 0.5) + 0.5;
  vec2 place = pixel / size * 2.0 - 1.0;
  gl_Position = vec4(place.x, -place.y, 0.0, 1.0);
  gl_PointSize = float(side);
  tint = mix(color.rgb, rest.rgb, rest.a);
  line = rest.a > 0.5 ? 0 : int(color.a * 255.0 + 0.5) * side;
}`;
WebGLPoints.fragment = `#version 300 es
precision mediump float;
precision highp int;
uniform int side;
uniform highp sampler2D atlas;
uniform float opacity;
flat in vec3 tint;
flat in int line;
out vec4 result;
void main() {
  ivec2 pixel = ivec2(gl_PointCoord * float(side));
  float share = texelFetch(atlas, ivec2(pixel.x, line + pixel.y), 0).r * opacity;
  result = vec4(tint * share, share);
}`;
