import FuzzDriver

/// `make fuzz TARGET=json SECONDS=600`: bytes that libFuzzer makes, by what they reach in our own code, for one reader at a time.
@main
struct Fuzz {
  /// `--target=…`; libFuzzer leaves what begins with two dashes alone.
  private static let target: FuzzTarget = {
    let names = CommandLine.arguments.filter { $0.hasPrefix("--target=") }.map { String($0.dropFirst("--target=".count)) }
    guard let name = names.last, let target = FuzzTarget(name) else {
      fatalError("--target takes one of \(FuzzTarget.names.joined(separator: " "))")
    }
    return target
  }()

  static func main() {
    if CommandLine.arguments.contains("--targets") { return print(FuzzTarget.names.joined(separator: " ")) }
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    let code = LLVMFuzzerRunDriver(&count, &arguments) { bytes, size in
      Fuzz.target.read(Array(UnsafeBufferPointer(start: bytes, count: size)))
      return 0
    }
    precondition(code == 0)
  }
}
