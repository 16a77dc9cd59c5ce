import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import ReleaseModel

/// The server: accepts connections from one socket and answers them on all processors.
package final class MirrorlistService: Sendable {
  private let group: MultiThreadedEventLoopGroup
  private let tables: [NIOLoopBound<ConnectionTable>]
  private let loops: [any EventLoop]
  private let acceptor: Acceptor
  private let statistics: StatisticsFile?
  private let options: ServerOptions
  private let hasEnded = Guarded(false)

  /// Begins to accept. From here on `socket` belongs to it.
  ///
  /// Throws `failed` where the system gives it no thread or no memory.
  package init(
    socket: ListeningSocket, options: ServerOptions, holder: SnapshotHolder,
    metrics: ServerMetrics
  ) throws {
    self.options = options
    let statistics = try options.statistics.map { try StatisticsFile(path: $0) }
    self.statistics = statistics
    let group = MultiThreadedEventLoopGroup(numberOfThreads: Concurrently.processors)
    self.group = group
    var tables: [NIOLoopBound<ConnectionTable>] = []
    var loops: [any EventLoop] = []
    for loop in group.makeIterator() {
      loops.append(loop)
      let table = loop.submit {
        NIOLoopBound(
          ConnectionTable(
            options: options, holder: holder, metrics: metrics, statistics: statistics),
          eventLoop: loop)
      }
      do { tables.append(try table.wait()) } catch { throw Self.failure(error) }
    }
    self.tables = tables
    self.loops = loops
    // Swift's runtime (6.3.1) was seen to end the process by a signal where two loops, at their first
    // connections, were the first to make this generic type: it is made before either has one.
    _ = Self.decoder()
    let places = Array(zip(loops, tables))
    let turn = Guarded(0)
    let closed = Guarded<Acceptor?>(nil)
    acceptor = try Acceptor(socket, limit: options.connections) { descriptor in
      // Each loop in its turn.
      let (loop, table) = turn.withLock { turn in
        turn = (turn + 1) % places.count
        return places[turn]
      }
      Self.bootstrap(loop, table).withConnectedSocket(descriptor).whenComplete { result in
        let count: @Sendable () -> Void = { closed.withLock { $0 }?.countClosed() }
        switch result {
        case .success(let channel): channel.closeFuture.whenComplete { _ in count() }
        // Its client is gone already; the descriptor was closed.
        case .failure: count()
        }
      }
    }
    closed.withLock { $0 = acceptor }
    for (loop, table) in zip(loops, tables) {
      loop.scheduleRepeatedTask(initialDelay: .milliseconds(500), delay: .milliseconds(500)) { _ in
        table.value.look(at: .now())
      }
    }
  }

  /// Statistics go to a file that is opened anew.
  package func reopenStatistics() { statistics?.reopen() }

  /// Stops accepting, lets each connection have the answer that it asks for, and ends all
  /// when `drain` seconds are over, or when there are none. The second call does nothing.
  package func end() {
    let isFirst = hasEnded.withLock { hasEnded in
      defer { hasEnded = true }
      return !hasEnded
    }
    guard isFirst else { return }
    acceptor.end()
    for (loop, table) in zip(loops, tables) {
      loop.execute { table.value.beginDraining() }
    }
    let began = NIODeadline.now()
    while NIODeadline.now() - began < .seconds(Int64(options.drain)) {
      let isEmpty = zip(loops, tables).allSatisfy { loop, table in
        (try? loop.submit { table.value.isEmpty }.wait()) ?? true
      }
      if isEmpty { break }
      usleep(20_000)
    }
    for (loop, table) in zip(loops, tables) {
      try? loop.submit { table.value.closeAll() }.wait()
    }
    statistics?.end()
    try? group.syncShutdownGracefully()
  }

  /// What makes a connection of an accepted socket.
  private static func bootstrap(
    _ loop: any EventLoop, _ table: NIOLoopBound<ConnectionTable>
  ) -> ClientBootstrap {
    ClientBootstrap(group: loop)
      .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 8192))
      .channelOption(.writeBufferWaterMark, value: .init(low: 64 << 10, high: 256 << 10))
      .channelOption(.maxMessagesPerRead, value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let connection = Connection(table.value)
          try channel.pipeline.syncOperations.addHandlers(
            HeadWatch(connection),
            decoder(), connection)
        }
      }
  }

  /// Makes requests of bytes.
  private static func decoder() -> ByteToMessageHandler<HTTPRequestDecoder> {
    ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes))
  }

  private static func failure(_ error: any Error) -> ComposeError {
    ComposeError(
      .failed, "server", "it cannot begin: \(error)",
      remedy: "Check the limits on processes, open files and memory")
  }
}
