import CCreaterepo
import Glibc
import ReleaseModel

/// A document of packages that is in no repository: in memory, for readers that
/// want a file.
package final class MemoryDocument {
  private let descriptor: Int32

  /// Throws `failed` where there is no memory for it.
  package init(_ kind: MetadataKind, elements: [[UInt8]]) throws {
    descriptor = memfd_create("document", UInt32(EPEL_COMPOSE_MFD_CLOEXEC))
    guard descriptor >= 0 else { throw Self.noMemory }
    // From here on `deinit` closes it, whatever is thrown.
    try write(Array(kind.opening(packageCount: elements.count).utf8))
    var waiting: [UInt8] = []
    for element in elements {
      waiting += element
      if waiting.count > 1 << 18 {
        try write(waiting)
        waiting.removeAll(keepingCapacity: true)
      }
    }
    try write(waiting + Array(kind.closing.utf8))
  }

  deinit { close(descriptor) }

  private static let noMemory = ComposeError(
    .failed, "metadata", "there is no memory for it", remedy: "Free some memory")

  private func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { bytes in
      var rest = bytes
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        guard count > 0 else { throw Self.noMemory }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
  }

  /// Lends the descriptor: no write, no seek.
  package func withDescriptor<Value>(_ body: (Int32) throws -> Value) rethrows -> Value {
    try withExtendedLifetime(self) { try body(descriptor) }
  }

  /// Lends all of it, as it lies in memory.
  package func withBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) throws -> Value {
    try withExtendedLifetime(self) { try MappedFile.withBytes(of: descriptor, body) }
  }
}

/// Reads files of memory where they lie.
enum MappedFile {
  static func withBytes<Value>(
    of descriptor: Int32, _ body: (UnsafeRawBufferPointer) throws -> Value
  ) throws -> Value {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw LibCreaterepo.damaged("metadata", "it cannot be read")
    }
    let size = Int(status.st_size)
    guard size > 0 else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    guard let address = mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0),
      address != MAP_FAILED
    else { throw LibCreaterepo.damaged("metadata", "there is no memory to read it") }
    defer { munmap(address, size) }
    return try body(UnsafeRawBufferPointer(start: address, count: size))
  }
}
