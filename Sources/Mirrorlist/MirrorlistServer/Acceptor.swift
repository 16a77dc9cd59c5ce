import Glibc
import ReleaseModel

/// Accepts connections on a thread of its own. The socket may be one that other processes
/// accept from as well, so that somebody else may be faster each time.
///
/// No more connections are accepted than are allowed at once: those beyond wait in the
/// kernel's queue, where they cost nothing and get no error.
final class Acceptor: Sendable {
  private struct State {
    var open = 0
    var isEnding = false
    var hasEnded = false
  }

  private let socket: ListeningSocket
  private let limit: Int
  private let state = Guarded(State())

  /// Milliseconds after which it looks whether it shall end.
  private static let pause: Int32 = 50

  /// Begins to accept. From here on the socket belongs to it.
  ///
  /// Throws `failed` where the system has no more threads.
  ///
  /// - Parameter take: is called with each connection's descriptor, which belongs to it.
  init(
    _ socket: ListeningSocket, limit: Int, take: @escaping @Sendable (Int32) -> Void
  ) throws {
    self.socket = socket
    self.limit = limit
    _ = fcntl(socket.descriptor, F_SETFL, fcntl(socket.descriptor, F_GETFL, 0) | O_NONBLOCK)
    try WorkingThread.detach { [self] in run(take) }
  }

  /// One that was taken is closed.
  func countClosed() { state.withLock { $0.open -= 1 } }

  /// Accepts no more, and closes its own descriptor of the socket. Callers that wait in
  /// the queue of a socket that nobody else holds are accepted before.
  func end() {
    state.withLock { $0.isEnding = true }
    while !state.withLock({ $0.hasEnded }) { usleep(1000) }
  }

  private func run(_ take: (Int32) -> Void) {
    var isEnding = false
    while !isEnding {
      isEnding = state.withLock { $0.isEnding }
      var waiting = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
      if isEnding {
        if !socket.isInherited { acceptAll(take) }
      } else if state.withLock({ $0.open >= limit }) {
        usleep(2000)
      } else if poll(&waiting, 1, Self.pause) > 0 {
        acceptAll(take)
      }
    }
    close(socket.descriptor)
    state.withLock { $0.hasEnded = true }
  }

  private func acceptAll(_ take: (Int32) -> Void) {
    while state.withLock({ $0.open < limit }) {
      let descriptor = accept(socket.descriptor, nil, nil)
      guard descriptor >= 0 else {
        switch errno {
        case EINTR, ECONNABORTED: continue
        case EAGAIN: return
        default:
          // No descriptor or memory is left: the next try comes a moment later.
          usleep(100_000)
          return
        }
      }
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      var yes: Int32 = 1
      setsockopt(
        descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
      state.withLock { $0.open += 1 }
      take(descriptor)
    }
  }
}
