import ReleaseModel

extension Advisory {
  /// Decodes and validates one advisory of a file.
  ///
  /// Throws ``ComposeError`` of kind `badData` with file and line.
  init(_ node: AdvisoryNode) throws {
    try node.checkKeys()
    let issued = try node.required("issued").moment()
    let updated = node.optional("updated")
    let suggestion = try node.optional("suggest")?.word(Suggestion.self)
    self.init(
      id: try Self.id(node.required("id")), title: try node.required("title").line(),
      description: try node.optional("description")?.text() ?? "",
      kind: try node.required("type").word(Kind.self),
      severity: try node.optional("severity")?.word(Severity.self), issued: issued,
      updated: try updated?.moment(notBefore: issued),
      builds: try Self.builds(node.required("builds")),
      references: try Reference.all(of: node), suggestsReboot: suggestion == .reboot,
      suggestsRelogin: suggestion == .relogin)
  }

  private enum Suggestion: String, CaseIterable {
    case reboot, relogin
  }

  private static func id(_ node: AdvisoryNode) throws -> String {
    let text = try node.line()
    guard isID(text) else {
      throw node.problem(
        "'\(text)' cannot be the id of an advisory",
        remedy: "Use up to 64 letters, digits and '-', '_', '.', ':'")
    }
    return text
  }

  private static func builds(_ node: AdvisoryNode) throws -> [String] {
    let items = try node.list()
    guard !items.isEmpty else {
      throw node.problem("'builds' is empty", remedy: "Name the builds that it is about")
    }
    var names: Set<String> = []
    return try items.map { item in
      let text = try item.line()
      guard isNVR(text) else {
        throw item.problem(
          "'\(text)' is not the NVR of a build",
          remedy: "Write NAME-VERSION-RELEASE, such as beta-1.0-1.el7, without epoch and '.rpm'")
      }
      guard names.insert(text).inserted else {
        throw item.problem("the build '\(text)' is there twice", remedy: "Remove one of the two")
      }
      return text
    }
  }

  private static func isNVR(_ text: String) -> Bool {
    NVR(sourceRPM: "\(text).src.rpm") != nil && !text.hasSuffix(".rpm")
      && text.utf8.allSatisfy { byte in
        (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "/") && byte != UInt8(ascii: ":")
      }
  }
}

extension AdvisoryNode {
  fileprivate func moment() throws -> Int {
    let text = try line()
    guard let moment = Moment(text) else {
      throw problem(
        "'\(text)' is not a date",
        remedy: "Write 2024-02-29, or 2024-02-29 16:04:00, both in UTC")
    }
    return moment.seconds
  }

  fileprivate func moment(notBefore issued: Int) throws -> Int {
    let seconds = try moment()
    guard seconds >= issued else {
      throw problem("'updated' is before 'issued'", remedy: "Correct one of the two")
    }
    return seconds
  }
}
