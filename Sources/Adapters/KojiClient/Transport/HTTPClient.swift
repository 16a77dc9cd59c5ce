import CCurl
import ReleaseModel

/// Owner of one libcurl handle, and so of its connections. One request at a
/// time.
final class HTTPClient {
  private let handle: UnsafeMutableRawPointer
  /// Where libcurl writes what went wrong in detail.
  private let details: UnsafeMutablePointer<CChar>
  private let limits: TransferLimits
  /// Throws when the user wants the work to stop.
  private let check: @Sendable () throws -> Void

  /// libcurl's global initialisation, once for the process and before any
  /// threads use it.
  private static let isReady: Bool = ccurl_begin() == CURLE_OK

  init(limits: TransferLimits, check: @escaping @Sendable () throws -> Void) throws {
    guard Self.isReady, let handle = curl_easy_init() else {
      throw ComposeError(.failed, "libcurl", "it did not start", remedy: "Free some memory")
    }
    self.handle = handle
    details = .allocate(capacity: Int(CURL_ERROR_SIZE))
    details.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    self.limits = limits
    self.check = check
  }

  deinit {
    curl_easy_cleanup(handle)
    details.deallocate()
  }

  /// Sends `request` and hands the body of a success (status 200) to
  /// `receive`.
  ///
  /// Throws ``TransportFailure``, or what `receive` or the check threw.
  ///
  /// - Parameter seconds: what is left for all of it; nil for as long as it
  ///   makes progress.
  func perform(
    _ request: HTTPRequest, within seconds: Double?,
    receive: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> HTTPResponse {
    details[0] = 0
    ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, details)
    var headers = HeaderList()
    defer {
      // Nothing of this transfer may stay in the handle.
      curl_easy_reset(handle)
      headers.free()
    }
    try set(request, &headers)
    if let seconds { ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, max(1, Int(seconds * 1000))) }
    return try withoutActuallyEscaping(receive) { receive in
      let exchange = Exchange(handle: handle, limits: limits, receive: receive, check: check)
      let context = Unmanaged.passUnretained(exchange).toOpaque()
      ccurl_set_receive(handle, CURLOPT_WRITEFUNCTION, Exchange.onBytes)
      ccurl_set_pointer(handle, CURLOPT_WRITEDATA, context)
      ccurl_set_progress(handle, Exchange.onProgress)
      ccurl_set_pointer(handle, CURLOPT_XFERINFODATA, context)
      ccurl_set_long(handle, CURLOPT_NOPROGRESS, 0)
      let code = (request.body ?? []).withUnsafeBytes { body in
        if request.body != nil {
          ccurl_set_pointer(handle, CURLOPT_POSTFIELDS, body.baseAddress)
          ccurl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, body.count)
        }
        return withExtendedLifetime(exchange) { curl_easy_perform(handle) }
      }
      if let error = exchange.error { throw error }
      guard code == CURLE_OK else { throw failure(code) }
      return HTTPResponse(
        status: ccurl_get_long(handle, CURLINFO_RESPONSE_CODE),
        location: ccurl_get_string(handle, CURLINFO_REDIRECT_URL).map { String(cString: $0) },
        modified: max(0, ccurl_get_long(handle, CURLINFO_FILETIME)))
    }
  }

  private func set(_ request: HTTPRequest, _ headers: inout HeaderList) throws {
    try set(CURLOPT_URL, request.url)
    // Nothing but HTTP, and no redirect leads out of the scheme it began in.
    try set(CURLOPT_PROTOCOLS_STR, "http,https")
    let scheme = request.url.hasPrefix("https:") ? "https" : "http"
    try set(CURLOPT_REDIR_PROTOCOLS_STR, scheme)
    ccurl_set_long(handle, CURLOPT_FOLLOWLOCATION, request.followsRedirects ? 1 : 0)
    ccurl_set_long(handle, CURLOPT_MAXREDIRS, 6)
    ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
    ccurl_set_long(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    try set(CURLOPT_USERAGENT, request.agent)
    // Files are taken as they are: a server may call .gz an encoding.
    if request.body != nil { try set(CURLOPT_ACCEPT_ENCODING, "gzip") }
    ccurl_set_long(handle, CURLOPT_FILETIME, 1)
    if let since = request.changedSince {
      ccurl_set_long(handle, CURLOPT_TIMECONDITION, Int(CURL_TIMECOND_IFMODSINCE.rawValue))
      ccurl_set_offset(handle, CURLOPT_TIMEVALUE_LARGE, since)
    }
    ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT, TransferLimits.connect)
    let slowest = TransferLimits.slowest
    ccurl_set_long(
      handle, CURLOPT_LOW_SPEED_LIMIT, request.body == nil ? slowest.file : slowest.call)
    ccurl_set_long(handle, CURLOPT_LOW_SPEED_TIME, limits.stall)
    // libcurl counts whole seconds, and takes a connection of just that age.
    if limits.idle > 1 {
      ccurl_set_long(handle, CURLOPT_MAXAGE_CONN, limits.idle - 1)
    } else {
      ccurl_set_long(handle, CURLOPT_FRESH_CONNECT, 1)
    }
    if let authorities = request.authorities {
      try set(CURLOPT_CAINFO, authorities)
      // In place of the system's, as the koji command does.
      ccurl_set_pointer(handle, CURLOPT_CAPATH, nil)
    }
    switch request.proof {
    case .none: break
    case .certificate(let path): try set(CURLOPT_SSLCERT, path)
    case .negotiate:
      ccurl_set_negotiate(handle)
      try set(CURLOPT_USERPWD, ":")
    }
    // libcurl would wait a second for a hub to say '100 Continue'.
    for header in request.headers + ["Expect:"] { headers.append(header) }
    if request.body != nil {
      headers.append("Content-Type: text/xml")
      ccurl_set_long(handle, CURLOPT_POST, 1)
    }
    ccurl_set_pointer(handle, CURLOPT_HTTPHEADER, headers.list)
  }

  private func set(_ option: CURLoption, _ value: String) throws {
    let code = value.withCString { ccurl_set_pointer(handle, option, $0) }
    guard code == CURLE_OK else {
      throw TransportFailure(
        kind: .permanent, cause: "libcurl does not take '\(value.sanitizedForDisplay)'")
    }
  }

  private func failure(_ code: CURLcode) -> TransportFailure {
    let words = String(cString: curl_easy_strerror(code))
    let kind: TransportFailure.Kind =
      switch code {
      case CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .notSent
      case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,
        CURLE_SSL_ISSUER_ERROR, CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL,
        CURLE_TOO_MANY_REDIRECTS:
        .permanent
      default: .replyLost
      }
    // Of certificates, only the details say what is wrong with them. TLS 1.3
    // tells a client that its own was not taken when it reads or writes next.
    let more = String(cString: details).sanitizedForDisplay
    let isRejected = more.contains("alert") && code != CURLE_PEER_FAILED_VERIFICATION
    let isTold = kind == .permanent || isRejected
    return TransportFailure(
      kind: kind, cause: isTold && !more.isEmpty ? "\(words) (\(more))" : words,
      isAboutCertificate: isRejected || code == CURLE_SSL_CERTPROBLEM)
  }
}

/// Headers of one request, as libcurl wants them.
private struct HeaderList {
  private(set) var list: UnsafeMutablePointer<curl_slist>?

  mutating func append(_ header: String) {
    // It is nil only where memory has run out; then the list stays as it is.
    list = curl_slist_append(list, header) ?? list
  }

  func free() { curl_slist_free_all(list) }
}

/// One transfer, as libcurl's callbacks see it.
private final class Exchange {
  private let handle: UnsafeMutableRawPointer
  private let limits: TransferLimits
  private let receive: (UnsafeRawBufferPointer) throws -> Void
  private let check: () throws -> Void
  private(set) var error: (any Error)?
  private var received = 0

  /// How many bytes of a refusal's body are received; they are not used.
  private static let refusalLimit = 1 << 20

  init(
    handle: UnsafeMutableRawPointer, limits: TransferLimits,
    receive: @escaping (UnsafeRawBufferPointer) throws -> Void,
    check: @escaping () throws -> Void
  ) {
    self.handle = handle
    self.limits = limits
    self.receive = receive
    self.check = check
  }

  static let onBytes: ccurl_receive = { bytes, size, count, context in
    guard let bytes, let context else { return 0 }
    let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
    let length = size * count
    return exchange.take(UnsafeRawBufferPointer(start: bytes, count: length)) ? length : 0
  }

  static let onProgress: ccurl_progress = { context, _, _, _, _ in
    guard let context else { return 0 }
    return Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue().mayGoOn ? 0 : 1
  }

  private var mayGoOn: Bool {
    do {
      try check()
      return true
    } catch {
      self.error = error
      return false
    }
  }

  private func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let status = ccurl_get_long(handle, CURLINFO_RESPONSE_CODE)
    received += bytes.count
    guard status == 200 else { return received < Self.refusalLimit }
    do {
      try checkSize()
      try receive(bytes)
      return true
    } catch {
      self.error = error
      return false
    }
  }

  private func checkSize() throws {
    var sent: curl_off_t = 0
    ccurl_get_offset(handle, CURLINFO_SIZE_DOWNLOAD_T, &sent)
    let limit = TransferLimits.unpacking
    let isBomb = received > limit.from && received > max(1, Int(sent)) * limit.ratio
    guard received <= limits.reply, !isBomb else {
      throw TransportFailure(
        kind: .permanent,
        cause: isBomb || limits.reply > limit.from
          ? "its reply is larger than any that a hub sends"
          : "its answer is larger than \(limits.reply >> 10) KiB")
    }
  }
}
