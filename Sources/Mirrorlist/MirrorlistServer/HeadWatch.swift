import NIOCore

/// Counts the bytes of a request's head before they are read, so that neither its size
/// nor the time that it takes is without limit.
final class HeadWatch: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let connection: Connection

  init(_ connection: Connection) { self.connection = connection }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    // What comes after the last answer is thrown away.
    guard !connection.isEnding else { return }
    connection.willRead(unwrapInboundIn(data).readableBytes)
    context.fireChannelRead(data)
    connection.didRead()
  }
}
