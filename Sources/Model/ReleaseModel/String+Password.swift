extension String {
  /// The same without what stands before `@` in its URLs, where passwords and tokens are
  /// (`https://***@host/path`), and without the keys of a hub's sessions. Errors, findings and
  /// whatever is written to standard error are made by it, whatever they quote.
  package var withoutPassword: String {
    var text = self
    // Nearly always there is nothing to do.
    if utf8.contains(UInt8(ascii: "@")), contains("://") {
      text = text.replacing(/:\/\/[^\/?#\s'"<>]*@/) { _ in "://***@" }
    }
    if utf8.contains(UInt8(ascii: "=")), contains("session-key=") {
      text = text.replacing(/session-key=[^&\s'"]*/) { _ in "session-key=***" }
    }
    return text
  }
}
