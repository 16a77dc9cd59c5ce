import Foundation
import FuzzTargets
import Glibc

// What libFuzzer calls: it measures which code an input reaches, and keeps what reaches
// more. Built only where EPEL_COMPOSE_FUZZ is set; `make fuzz` does.

/// The target that FUZZ_TARGET names.
private let target: any FuzzTarget = {
  do {
    return try FuzzTargets.named(ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? "").init()
  } catch {
    FileHandle.standardError.write(Data("FUZZ_TARGET: \(error)\n".utf8))
    exit(64)
  }
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  try? target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// SwiftPM gives `main` this name, and libFuzzer's own is left out then.
@_cdecl("epel_compose_libfuzzer_main")
public func fuzzerMain(
  _ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> Int32 {
  var (count, arguments) = (count, arguments)
  return runDriver(&count, &arguments, { testOneInput($0, $1) })
}
