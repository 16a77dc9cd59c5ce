import Glibc
import MirrorlistAnswers
import MirrorlistSnapshot
import NIOCore
import NIOHTTP1

/// One connection: its requests are answered in their order, each from one snapshot.
/// While a client does not take its answers, no more of its requests are read.
final class Connection: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = Never
  typealias OutboundOut = ByteBuffer

  /// What waits for its answer.
  private enum Waiting {
    case request(HTTPRequestHead)
    /// Something that cannot be answered otherwise, after which the connection ends.
    case refusal(Int)
  }

  private let table: ConnectionTable
  private var context: ChannelHandlerContext?
  private var peer: IPAddress?
  private var isTrusted = false

  private var head: HTTPRequestHead?
  private var waiting: CircularBuffer<Waiting> = []
  private var isServing = false
  private var hasUnflushed = false
  private var wantsToRead = false

  /// Whether nothing more is read from it: its last answer waits or is sent.
  private(set) var isEnding = false
  /// When bytes of a request came whose head is not complete.
  private var headBegan: NIODeadline?
  private var headBytes = 0
  private var hasCompletedHead = false
  private var idleSince = NIODeadline.now()
  private var endsBy: NIODeadline?
  private var unsent = (bytes: 0, since: NIODeadline.now())

  init(_ table: ConnectionTable) { self.table = table }

  // MARK: - Life

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    table.add(self)
    peer = context.remoteAddress?.ipAddress.flatMap { IPAddress($0) }
    isTrusted = peer.map { peer in table.options.trusted.contains { $0.contains(peer) } } ?? true
  }

  func channelInactive(context: ChannelHandlerContext) {
    table.remove(self)
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    table.remove(self)
    self.context = nil
  }

  func close() { context?.close(promise: nil) }

  /// Whether it has taken longer than it may.
  func isOverdue(at now: NIODeadline) -> Bool {
    if let endsBy, endsBy < now { return true }
    let bytes = (try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    if bytes > 0 {
      if bytes != unsent.bytes { unsent = (bytes, now) }
      return now - unsent.since > .seconds(Int64(table.options.stall))
    }
    if unsent.bytes > 0 {
      unsent = (0, now)
      idleSince = now
    }
    if let headBegan { return now - headBegan > .seconds(Int64(table.options.head)) }
    return now - idleSince > .seconds(Int64(table.options.idle))
  }

  // MARK: - Reading

  /// So many bytes are about to be read.
  func willRead(_ count: Int) {
    headBytes += count
    hasCompletedHead = false
    if headBegan == nil { headBegan = .now() }
  }

  /// They were read.
  func didRead() {
    if hasCompletedHead { headBytes = 0 }
    if headBytes > ServerOptions.headLimit { refuse(431) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isEnding else { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      hasCompletedHead = true
      let size = head.headers.reduce(head.uri.utf8.count + 16) {
        $0 + $1.name.utf8.count + $1.value.utf8.count + 4
      }
      if size > ServerOptions.headLimit {
        refuse(431)
      } else if head.headers.contains(name: "transfer-encoding")
        || head.headers["content-length"].contains(where: { $0 != "0" })
      {
        refuse(413)
      } else {
        self.head = head
      }
    case .body: refuse(413)
    case .end:
      headBegan = nil
      if let head {
        self.head = nil
        waiting.append(.request(head))
        // What follows is of another protocol.
        if head.headers.contains(name: "upgrade") || head.method == .CONNECT { isEnding = true }
        serve(context)
      }
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    flush(context)
    context.fireChannelReadComplete()
  }

  func read(context: ChannelHandlerContext) {
    if isEnding || (waiting.isEmpty && context.channel.isWritable) {
      context.read()
    } else {
      wantsToRead = true
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable {
      serve(context)
      flush(context)
      if wantsToRead, waiting.isEmpty, context.channel.isWritable {
        wantsToRead = false
        context.read()
      }
    }
    context.fireChannelWritabilityChanged()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard !isEnding else { return }
    switch error {
    case HTTPParserError.headerOverflow: refuse(431)
    case is HTTPParserError: refuse(400)
    default: context.close(promise: nil)
    }
  }

  private func refuse(_ status: Int) {
    guard !isEnding, let context else { return }
    isEnding = true
    headBegan = nil
    waiting.append(.refusal(status))
    serve(context)
    flush(context)
  }

  // MARK: - Answering

  private func serve(_ context: ChannelHandlerContext) {
    guard !isServing else { return }
    isServing = true
    defer { isServing = false }
    while endsBy == nil, context.channel.isWritable, let next = waiting.popFirst() {
      switch next {
      case .request(let head): answer(head, context)
      case .refusal(let status):
        var response = ResponseText(status: status, Self.explanation(status))
        response.connection = "close"
        table.share.count(.other, status: status, nanoseconds: 0)
        write(response, withBody: true, context)
        end(context)
      }
    }
  }

  private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let began = NIODeadline.now()
    let now = time(nil)
    let (endpoint, made) = response(to: head, now: now)
    var response = made
    let isLast = !head.isKeepAlive || table.isDraining || (isEnding && waiting.isEmpty)
    if isLast {
      response.connection = "close"
    } else if head.version.major == 1, head.version.minor == 0 {
      response.connection = "keep-alive"
    }
    write(response, withBody: head.method != .HEAD, context)
    let took = (NIODeadline.now() - began).nanoseconds
    table.share.count(endpoint, status: response.status, nanoseconds: Int(took))
    if isLast { end(context) }
  }

  private func response(
    to head: HTTPRequestHead, now: Int
  ) -> (ServerMetrics.Endpoint, ResponseText) {
    guard head.method == .GET || head.method == .HEAD else {
      var response = ResponseText(status: 405, "only GET and HEAD are answered")
      response.allows = "GET, HEAD"
      return (.other, response)
    }
    switch head.uri.split(separator: "?", maxSplits: 1).first {
    case "/-/live": return (.live, ResponseText(status: 200, "live"))
    case "/-/ready": return (.ready, ResponseText(status: 200, "ready"))
    case "/-/metrics":
      var response = ResponseText(status: 200)
      response.mediaType = "text/plain; version=0.0.4"
      response.body = Array(
        table.metrics.text(
          of: table.holder, droppedLines: table.statistics?.dropped ?? 0, now: now
        ).utf8)
      return (.metrics, response)
    default: break
    }
    guard let question = MirrorQuestion(target: head.uri) else {
      return (.other, ResponseText(status: 404, "not found"))
    }
    let answer = table.answering.answer(
      question, client: MirrorClient(address: client(head)), from: table.holder.snapshot, now: now,
      random: &table.random)
    if let usage = answer.usage { table.statistics?.add(usage, date: table.dates(now).statistics) }
    var response = ResponseText(status: answer.status)
    response.mediaType = answer.mediaType
    response.body = answer.body
    response.location = answer.location
    return (question.form == .metalink ? .metalink : .mirrorlist, response)
  }

  /// The client: whom a trusted proxy names last, else who is connected.
  private func client(_ head: HTTPRequestHead) -> IPAddress? {
    guard isTrusted, let named = head.headers["x-forwarded-for"].last else { return peer }
    let last = named[
      (named.lastIndex(of: ",").map { named.index(after: $0) } ?? named.startIndex)...]
    return IPAddress(last.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" })
      ?? peer
  }

  private func write(_ response: ResponseText, withBody: Bool, _ context: ChannelHandlerContext) {
    var buffer = context.channel.allocator.buffer(
      capacity: 256 + response.body.count + (response.location?.utf8.count ?? 0))
    response.write(into: &buffer, date: table.dates(time(nil)).http, withBody: withBody)
    context.write(wrapOutboundOut(buffer), promise: nil)
    hasUnflushed = true
  }

  private func flush(_ context: ChannelHandlerContext) {
    guard hasUnflushed else { return }
    hasUnflushed = false
    idleSince = .now()
    context.flush()
  }

  /// After the last answer: says so to the client, and waits for it to close. Who closes
  /// at once while bytes arrive resets the connection, and the answer is lost.
  private func end(_ context: ChannelHandlerContext) {
    isEnding = true
    waiting.removeAll()
    flush(context)
    endsBy = .now() + .seconds(Int64(table.options.stall))
    let promise = context.eventLoop.makePromise(of: Void.self)
    let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
    promise.futureResult.whenComplete { _ in
      let connection = connection.value
      connection.endsBy = .now() + .seconds(Int64(ServerOptions.linger))
      connection.context?.read()
    }
    context.close(mode: .output, promise: promise)
  }

  private static func explanation(_ status: Int) -> String {
    switch status {
    case 413: "a request has no body here"
    case 431: "the head of a request has at most \(ServerOptions.headLimit) bytes"
    default: "the request is malformed"
    }
  }
}
