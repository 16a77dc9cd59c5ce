import NIOCore

/// One response.
struct ResponseText {
  var status: Int
  var mediaType: StaticString = "text/plain"
  var body: [UInt8] = []
  var location: String?
  /// Methods that are allowed, with status 405.
  var allows: StaticString?
  /// What the response says about its connection; nil where it says nothing.
  var connection: StaticString?

  /// A response with a line of text.
  init(status: Int, _ text: String = "") {
    self.status = status
    body = text.isEmpty ? [] : Array((text + "\n").utf8)
  }

  /// Writes it in the form of HTTP/1.1.
  func write(into buffer: inout ByteBuffer, date: String, withBody: Bool) {
    buffer.writeStaticString("HTTP/1.1 ")
    buffer.writeString("\(status)")
    buffer.writeStaticString(Self.reason(status))
    buffer.writeStaticString("\r\nDate: ")
    buffer.writeString(date)
    buffer.writeStaticString("\r\nContent-Type: ")
    buffer.writeStaticString(mediaType)
    buffer.writeStaticString("\r\nContent-Length: ")
    buffer.writeString("\(body.count)")
    buffer.writeStaticString("\r\nCache-Control: no-cache\r\n")
    if let location {
      buffer.writeStaticString("Location: ")
      buffer.writeString(location)
      buffer.writeStaticString("\r\n")
    }
    if let allows {
      buffer.writeStaticString("Allow: ")
      buffer.writeStaticString(allows)
      buffer.writeStaticString("\r\n")
    }
    if let connection {
      buffer.writeStaticString("Connection: ")
      buffer.writeStaticString(connection)
      buffer.writeStaticString("\r\n")
    }
    buffer.writeStaticString("\r\n")
    if withBody { buffer.writeBytes(body) }
  }

  private static func reason(_ status: Int) -> StaticString {
    switch status {
    case 200: " OK"
    case 302: " Found"
    case 400: " Bad Request"
    case 404: " Not Found"
    case 405: " Method Not Allowed"
    case 410: " Gone"
    case 413: " Content Too Large"
    case 431: " Request Header Fields Too Large"
    default: " "
    }
  }
}
