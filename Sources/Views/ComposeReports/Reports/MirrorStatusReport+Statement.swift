package import ReleaseModel

extension MirrorStatusReport {
  /// The newest signed statement of what is current.
  package struct Statement: Encodable, Hashable, Sendable {
    /// Larger than that of every one before.
    package let serial: Int
    /// The release that links lead to.
    package let release: String
    /// When it was written: `YYYY-MM-DD HH:MM UTC`.
    package let written: String
    /// Until when it holds.
    package let validUntil: String

    /// - Parameters:
    ///   - written: seconds since 1970.
    ///   - validUntil: seconds since 1970.
    package init(serial: Int, release: ReleaseID, written: Int, validUntil: Int) {
      self.serial = serial
      self.release = release.description
      self.written = Moment(written).description
      self.validUntil = Moment(validUntil).description
    }

    var line: String {
      "statement \(serial) of \(written): \(release) is current, valid until \(validUntil)"
    }
  }

  /// What one mirror serves, by the statement that is there.
  package struct Mirror: Encodable, Sendable {
    /// Where it serves the public root, without a password.
    package let url: String
    /// A word of Docs/Trust.md, "What a mirror can be", such as `frozen`.
    package let state: String
    /// Whether its users may get something that they should not.
    package let alarm: Bool
    /// Of its statement; null where none could be read.
    @OrNull package var serial: Int?
    /// More words; null where there is nothing to add.
    @OrNull package var detail: String?

    /// - Parameters:
    ///   - state: a word of Docs/Trust.md.
    ///   - serial: of its statement.
    package init(url: String, state: String, alarm: Bool, serial: Int?, detail: String?) {
      self.url = url
      self.state = state
      self.alarm = alarm
      self.serial = serial
      self.detail = detail
    }
  }

  /// Nothing where nothing is stated.
  static func statement(of stream: Stream, _ style: TextStyle) -> String {
    guard let statement = stream.statement else { return "" }
    var text = "  \(statement.line)\n"
    guard !stream.mirrors.isEmpty else { return text }
    var table = TextTable(["mirror", "is", ""])
    for mirror in stream.mirrors {
      table.add([
        mirror.url, mirror.alarm ? style.paint(mirror.state, .bad) : mirror.state,
        mirror.detail ?? "",
      ])
    }
    text += "\n" + table.text(style)
    return text
  }
}
