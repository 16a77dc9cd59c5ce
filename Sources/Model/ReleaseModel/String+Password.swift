extension String {
  /// The same without what stands before `@` in its URLs, where passwords and tokens are:
  /// `https://***@host/path`. Errors, findings and notes are made by it, whatever they quote.
  package var withoutPassword: String {
    // Nearly always there is nothing to do.
    guard utf8.contains(UInt8(ascii: "@")), contains("://") else { return self }
    return replacing(/:\/\/[^\/?#\s'"<>]*@/) { _ in "://***@" }
  }
}
