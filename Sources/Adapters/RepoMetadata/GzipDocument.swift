import ReleaseModel

/// Text in one gzip file, without time and name, so that the same text has the same bytes.
package enum GzipDocument {
  /// `text`, compressed.
  package static func compressed(_ text: [UInt8]) throws -> [UInt8] {
    try Compressor.whole(text, by: .gz)
  }

  /// The text of `file`.
  ///
  /// - Parameter descriptor: the file, opened before; `file` stands in messages alone.
  ///
  /// Throws `badData` where it is not whole.
  package static func contents(of file: String, openedAs descriptor: Int32) throws -> [UInt8] {
    let opened = try OpenedMetadata(file: file, openedAs: descriptor, hashes: false)
    return try opened.withBytes { Array($0) }
  }
}
