import Glibc

/// Tells systemd how far the service is, where it wants to know (`sd_notify`).
package enum ServiceNotification {
  /// What can be told.
  package enum State: String, Sendable {
    case ready = "READY=1"
    case stopping = "STOPPING=1"
  }

  /// Sends one datagram to the socket that `NOTIFY_SOCKET` names. Nobody listening is no
  /// error: then nobody wants to know.
  package static func send(_ state: State, status: String, environment: [String: String]) {
    guard let path = environment["NOTIFY_SOCKET"], path.hasPrefix("/") || path.hasPrefix("@") else {
      return
    }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var name = Array(path.utf8)
    // An abstract name begins with a zero.
    if name[0] == UInt8(ascii: "@") { name[0] = 0 }
    guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let message = Array("\(state.rawValue)\nSTATUS=\(status)".utf8)
    let size = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    withUnsafeBytes(of: &address) { bytes in
      guard let base = bytes.baseAddress else { return }
      _ = sendto(
        descriptor, message, message.count, Int32(MSG_NOSIGNAL),
        base.assumingMemoryBound(to: sockaddr.self), size)
    }
  }
}
