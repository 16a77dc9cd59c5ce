import ReleaseModel

/// One question to any web server: a small answer, soon, or none.
package enum WebQuestion {
  /// What came back.
  package enum Answer: Hashable, Sendable {
    /// The body of the answer.
    case body([UInt8])
    /// Status 404 or 410.
    case missing
    /// Nothing that could be used, and why.
    case none(String)
  }

  /// What became of a file that was read as it came.
  package enum Reading: Hashable, Sendable {
    /// It was read to its end.
    case read
    /// Status 404 or 410.
    case missing
    /// It was not read to its end, and why.
    case none(String)
  }

  /// Pause before the second try, seconds.
  private static let pause = 0.5

  /// Asks `url`, and once more where nothing came back or the server says that it cannot
  /// answer now.
  ///
  /// Throws what `check` does.
  ///
  /// - Parameters:
  ///   - agent: who asks, for the server's log.
  ///   - limit: bytes of the answer.
  ///   - seconds: for each try.
  ///   - tries: at least one.
  ///   - check: throws when the user wants the work to stop.
  package static func ask(
    _ url: String, as agent: String, limit: Int, seconds: Int, tries: Int = 2,
    check: @escaping @Sendable () throws -> Void
  ) throws -> Answer {
    var answer = Answer.none("it was not asked")
    for number in 0..<max(1, tries) {
      if number > 0 { try Retries.sleep(pause, check: check) }
      let (result, mayHelp) = try once(url, as: agent, limit: limit, seconds: seconds, check: check)
      answer = result
      if !mayHelp { break }
    }
    return answer
  }

  /// Reads the file at `url` of any size, and once more from its beginning where the transfer
  /// broke off or the server says that it cannot answer now.
  ///
  /// Throws what `check`, `begin` and `receive` do.
  ///
  /// - Parameters:
  ///   - agent: who asks, for the server's log.
  ///   - limit: bytes; a longer file is none.
  ///   - stall: seconds without progress after which it is given up.
  ///   - check: throws when the user wants the work to stop.
  ///   - begin: before each try.
  ///   - receive: some bytes.
  package static func read(
    _ url: String, as agent: String, limit: Int, stall: Int,
    check: @escaping @Sendable () throws -> Void, begin: () -> Void,
    receive: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Reading {
    var limits = TransferLimits(idle: 0, stall: stall, deadline: 0)
    limits.reply = limit
    for isLast in [false, true] {
      begin()
      let client = try HTTPClient(limits: limits, check: check)
      var request = HTTPRequest(url: url, followsRedirects: !LocalURL.isLoopback(url))
      request.agent = agent
      let cause: String
      do {
        let response = try client.perform(request, within: nil, receive: receive)
        switch response.status {
        case 200: return .read
        case 404, 410: return .missing
        case 500..., 408, 429: cause = "HTTP status \(response.status)"
        default: return .none("HTTP status \(response.status)")
        }
      } catch let failure as TransportFailure {
        if failure.kind == .permanent { return .none(failure.cause) }
        cause = failure.cause
      }
      if isLast { return .none(cause) }
      try Retries.sleep(pause, check: check)
    }
    return .none("it was not asked")
  }

  /// The answer, and whether another try could bring a better one.
  private static func once(
    _ url: String, as agent: String, limit: Int, seconds: Int,
    check: @escaping @Sendable () throws -> Void
  ) throws -> (Answer, mayHelp: Bool) {
    var limits = TransferLimits(idle: 0, stall: seconds, deadline: seconds)
    limits.reply = limit
    let client = try HTTPClient(limits: limits, check: check)
    var body: [UInt8] = []
    // What is tried on this machine does not get out of it by a redirect.
    var request = HTTPRequest(url: url, followsRedirects: !LocalURL.isLoopback(url))
    request.agent = agent
    do {
      let response = try client.perform(request, within: Double(seconds)) { body += $0 }
      switch response.status {
      case 200: return (.body(body), false)
      case 404, 410: return (.missing, false)
      case 500..., 408, 429: return (.none("HTTP status \(response.status)"), true)
      default: return (.none("HTTP status \(response.status)"), false)
      }
    } catch let failure as TransportFailure {
      return (.none(failure.cause), failure.kind != .permanent)
    }
  }
}
