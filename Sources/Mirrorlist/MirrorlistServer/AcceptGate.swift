import NIOCore

/// Accepts no more connections than are allowed at once: those beyond wait in the
/// kernel's queue, where they cost nothing and get no error.
final class AcceptGate: ChannelDuplexHandler {
  typealias InboundIn = any Channel
  typealias InboundOut = any Channel
  typealias OutboundIn = Never

  private let limit: Int
  private var open = 0
  /// Whether the channel wanted to accept while it could not.
  private var isHeld = false
  private var isPausing = false

  init(limit: Int) { self.limit = limit }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    open += 1
    let loop = context.eventLoop
    let gate = NIOLoopBound((self, context), eventLoop: loop)
    unwrapInboundIn(data).closeFuture.whenComplete { _ in
      loop.execute {
        let (gate, context) = gate.value
        gate.open -= 1
        gate.resume(context)
      }
    }
    context.fireChannelRead(data)
  }

  func read(context: ChannelHandlerContext) {
    if open < limit, !isPausing { context.read() } else { isHeld = true }
  }

  /// The process or the system has no descriptor left: the next try comes a moment later,
  /// not at once.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard !isPausing else { return }
    isPausing = true
    let gate = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: .milliseconds(100)) {
      let (gate, context) = gate.value
      gate.isPausing = false
      gate.resume(context)
    }
  }

  private func resume(_ context: ChannelHandlerContext) {
    guard isHeld, open < limit, !isPausing, context.channel.isActive else { return }
    isHeld = false
    context.read()
  }
}
