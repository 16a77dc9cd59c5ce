import Glibc
package import MirrorlistSnapshot
import ReleaseModel

/// The socket that callers connect to. Until somebody accepts, they wait in its queue.
package struct ListeningSocket: Sendable {
  /// Open for as long as the server accepts.
  package let descriptor: Int32
  /// Whether another process holds it too, and will accept after this one.
  package let isInherited: Bool

  /// Connections that may wait. The kernel allows at most `net.core.somaxconn`.
  package static let backlog: Int32 = 4096
  /// The first descriptor that systemd hands over.
  private static let first: Int32 = 3

  /// The socket that was handed over by `LISTEN_FDS`; nil where none was.
  ///
  /// Throws `badData` where what was handed over is no listening socket.
  package static func inherited(_ environment: [String: String]) throws -> ListeningSocket? {
    guard let count = environment["LISTEN_FDS"].flatMap({ Int($0) }), count >= 1 else { return nil }
    if let pid = environment["LISTEN_PID"], pid != "\(getpid())" { return nil }
    var isListening: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    guard count == 1, getsockopt(first, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size) == 0,
      isListening != 0
    else {
      throw ComposeError(
        .badData, "LISTEN_FDS=\(count)",
        count == 1 ? "descriptor 3 is no listening socket" : "there must be one socket",
        remedy: "Name one ListenStream= in the socket unit")
    }
    _ = fcntl(first, F_SETFD, FD_CLOEXEC)
    // The queue is that of whoever made the socket, and may be shorter.
    listen(first, backlog)
    return ListeningSocket(descriptor: first, isInherited: true)
  }

  /// A new socket at an address, with its queue.
  ///
  /// Throws `unavailable` where the address is taken or not of this machine.
  package init(address: IPAddress, port: UInt16) throws {
    let family: Int32 =
      switch address {
      case .v4: AF_INET
      case .v6: AF_INET6
      }
    let descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Self.failure(address, port, errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var yes: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, size)
    let bound: Int32
    switch address {
    case .v4(let number):
      var socket = sockaddr_in()
      socket.sin_family = sa_family_t(AF_INET)
      socket.sin_port = port.bigEndian
      socket.sin_addr.s_addr = number.bigEndian
      bound = Self.bind(descriptor, &socket)
    case .v6(let number):
      var socket = sockaddr_in6()
      socket.sin6_family = sa_family_t(AF_INET6)
      socket.sin6_port = port.bigEndian
      withUnsafeMutableBytes(of: &socket.sin6_addr) {
        $0.storeBytes(of: number.bigEndian, as: UInt128.self)
      }
      bound = Self.bind(descriptor, &socket)
    }
    guard bound == 0, listen(descriptor, Self.backlog) == 0 else {
      let code = errno
      close(descriptor)
      throw Self.failure(address, port, code)
    }
    self.init(descriptor: descriptor, isInherited: false)
  }

  private init(descriptor: Int32, isInherited: Bool) {
    self.descriptor = descriptor
    self.isInherited = isInherited
  }

  /// `ADDRESS:PORT`, `[ADDRESS]:PORT` for version 6. Nil for other text.
  package static func parse(_ text: String) -> (address: IPAddress, port: UInt16)? {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
    else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    return IPAddress(host).map { ($0, port) }
  }

  /// The port that the kernel chose, or that was asked for; nil where it has none.
  package var port: UInt16? {
    var address = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let code = withUnsafeMutableBytes(of: &address) { bytes in
      getsockname(descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), &size)
    }
    guard code == 0 else { return nil }
    let family = Int32(address.ss_family)
    return withUnsafeBytes(of: &address) { bytes in
      switch family {
      case AF_INET, AF_INET6:
        UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
      default: nil
      }
    }
  }

  /// What the kernel allows at most for a queue; nil where it does not say.
  package static var allowedBacklog: Int? {
    guard let text = try? SmallFile.contents(of: "/proc/sys/net/core/somaxconn") else { return nil }
    return Int(String(decoding: text, as: UTF8.self).split(separator: "\n").first ?? "")
  }

  private static func bind<Address>(_ descriptor: Int32, _ address: inout Address) -> Int32 {
    let size = socklen_t(MemoryLayout<Address>.size)
    return withUnsafeBytes(of: &address) { bytes in
      guard let base = bytes.baseAddress else { return -1 }
      return Glibc.bind(descriptor, base.assumingMemoryBound(to: sockaddr.self), size)
    }
  }

  private static func failure(_ address: IPAddress, _ port: UInt16, _ code: Int32) -> ComposeError {
    ComposeError(
      .unavailable, "\(address) port \(port)",
      "it cannot listen there: \(String(cString: strerror(code)))",
      remedy: "End what listens there, or name another address with --listen")
  }
}
