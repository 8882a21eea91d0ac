import CDNNL

/// The oneDNN library: its engine, and what it can do on this CPU.
@safe
enum OneDNN {
  /// The CPU engine, which all threads share.
  nonisolated(unsafe) static let engine: dnnl_engine_t = {
    var engine: dnnl_engine_t?
    unsafe require(dnnl_engine_create(&engine, dnnl_cpu, 0))
    guard let engine = unsafe engine else { fatalError("oneDNN made no engine") }
    return unsafe engine
  }()

  /// The library's version, such as `"2.6.3"`.
  static var version: String {
    guard let version = unsafe dnnl_version() else { return "" }
    return unsafe "\(version.pointee.major).\(version.pointee.minor).\(version.pointee.patch)"
  }

  /// Whether there are products of this precision on this CPU.
  static func supports(_ precision: Precision) -> Bool { kernelName(precision) != nil }

  /// The library, its version, its kernel for products, and the instructions that the kernel may use.
  ///
  /// One kernel's name stands for code of several instruction sets.
  static func description(_ precision: Precision) -> String {
    let kernel = kernelName(precision) ?? "no \(precision) kernels"
    return "oneDNN \(version), \(kernel), \(instructions)" + (isStrict ? "" : ", lax float32")
  }

  /// The instruction set, of the CPU and as the environment (`DNNL_MAX_CPU_ISA`) bounds it.
  static var instructions: String {
    let set = dnnl_get_effective_cpu_isa()
    let names = [
      (dnnl_cpu_isa_sse41, "sse41"), (dnnl_cpu_isa_avx, "avx"), (dnnl_cpu_isa_avx2, "avx2"),
      (dnnl_cpu_isa_avx2_vnni, "avx2_vnni"), (dnnl_cpu_isa_avx512_mic, "avx512_mic"),
      (dnnl_cpu_isa_avx512_mic_4ops, "avx512_mic_4ops"),
      (dnnl_cpu_isa_avx512_core, "avx512_core"),
      (dnnl_cpu_isa_avx512_core_vnni, "avx512_core_vnni"),
      (dnnl_cpu_isa_avx512_core_bf16, "avx512_core_bf16"),
      (dnnl_cpu_isa_avx512_core_amx, "avx512_core_amx"),
    ]
    return names.first { $0.0 == set }?.1 ?? "instructions \(set.rawValue)"
  }

  /// Whether float32 products are in float32: the environment can allow less
  /// (`DNNL_DEFAULT_FPMATH_MODE`).
  private static var isStrict: Bool {
    var mode = dnnl_fpmath_mode_strict
    unsafe require(dnnl_get_default_fpmath_mode(&mode))
    return mode == dnnl_fpmath_mode_strict
  }

  private static func kernelName(_ precision: Precision) -> String? {
    let product = OneDNNProduct(
      rows: 64, inputs: 64, outputs: 64, adds: false, precision: precision)
    guard let description = unsafe product.describe(weights: nil) else { return nil }
    defer { unsafe dnnl_primitive_desc_destroy(description) }
    var name: UnsafePointer<CChar>?
    unsafe require(dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, &name))
    return unsafe name.map { unsafe String(cString: $0) }
  }

  /// Stops the program when a call failed that nothing outside it can make fail.
  static func require(_ status: dnnl_status_t) {
    if status != dnnl_success { fatalError("oneDNN failed with status \(status.rawValue)") }
  }

  /// The primitive of a description; to be destroyed by the caller.
  static func primitive(_ description: dnnl_primitive_desc_t?) -> dnnl_primitive_t {
    var primitive: dnnl_primitive_t?
    unsafe require(dnnl_primitive_create(&primitive, description))
    guard let primitive = unsafe primitive else { fatalError("oneDNN made no primitive") }
    return unsafe primitive
  }

  /// Runs a primitive on memory given by argument, layout and place, to its end.
  static func execute(
    _ primitive: dnnl_primitive_t, _ stream: Stream,
    _ arguments: [(Int32, dnnl_memory_desc_t, UnsafeMutableRawPointer?)]
  ) {
    let list = unsafe arguments.map { argument, layout, place in
      var layout = layout
      var memory: dnnl_memory_t?
      unsafe require(dnnl_memory_create(&memory, &layout, engine, place))
      return unsafe dnnl_exec_arg_t(arg: argument, memory: memory)
    }
    unsafe require(dnnl_primitive_execute(primitive, stream.stream, Int32(list.count), list))
    unsafe require(dnnl_stream_wait(stream.stream))
    for index in unsafe list.indices { unsafe dnnl_memory_destroy(list[index].memory) }
  }

  /// A queue of work, for one thread.
  @safe
  final class Stream {
    fileprivate let stream: dnnl_stream_t

    init() {
      var stream: dnnl_stream_t?
      unsafe require(
        dnnl_stream_create(&stream, engine, UInt32(dnnl_stream_default_flags.rawValue)))
      guard let stream = unsafe stream else { fatalError("oneDNN made no stream") }
      unsafe self.stream = stream
    }

    deinit { unsafe dnnl_stream_destroy(stream) }
  }
}
