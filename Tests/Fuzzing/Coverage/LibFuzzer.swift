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
