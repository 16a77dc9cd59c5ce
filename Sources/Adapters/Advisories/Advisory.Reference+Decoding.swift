import ReleaseModel

extension Advisory.Reference {
  /// What `bugs`, `cves` and `references` of an advisory name, in this order.
  static func all(of advisory: AdvisoryNode) throws -> [Advisory.Reference] {
    try unique(advisory.optional("bugs"), read: bug)
      + unique(advisory.optional("cves"), read: cve)
      + unique(advisory.optional("references"), read: other)
  }

  private static func unique(
    _ node: AdvisoryNode?, read: (AdvisoryNode) throws -> Advisory.Reference
  ) throws -> [Advisory.Reference] {
    var known: Set<String> = []
    return try node?.list().map { item in
      let reference = try read(item)
      guard known.insert(reference.id).inserted else {
        throw item.problem(
          "'\(reference.id)' is there twice in '\(item.path)'", remedy: "Remove one of the two")
      }
      return reference
    } ?? []
  }

  private static func bug(_ node: AdvisoryNode) throws -> Advisory.Reference {
    guard node.isMapping else { return bugzilla(try number(node)) }
    try node.checkKeys()
    return bugzilla(
      try number(node.required("id")), title: try node.optional("title")?.line() ?? "",
      url: try node.optional("url").map(url))
  }

  private static func number(_ node: AdvisoryNode) throws -> Int {
    let text = try node.line()
    guard let number = Int(text), number > 0, String(number) == text else {
      throw node.problem(
        "'\(text)' is not the number of a bug", remedy: "Write its digits, such as 2271001")
    }
    return number
  }

  private static func cve(_ node: AdvisoryNode) throws -> Advisory.Reference {
    let name = try node.line()
    guard CVEName.isValid(name) else {
      throw node.problem(
        "'\(name)' is not the name of a CVE", remedy: "Write it as CVE-2024-31234, in capitals")
    }
    return cve(name)
  }

  private static func other(_ node: AdvisoryNode) throws -> Advisory.Reference {
    guard node.isMapping else {
      let url = try url(node)
      return Advisory.Reference(kind: .other, id: url, title: "", url: url)
    }
    try node.checkKeys()
    let url = try url(node.required("url"))
    return Advisory.Reference(
      kind: .other, id: try node.optional("id")?.line() ?? url,
      title: try node.optional("title")?.line() ?? "", url: url)
  }

  private static func url(_ node: AdvisoryNode) throws -> String {
    let text = try node.line()
    guard
      ["https://", "http://"].contains(where: { text.hasPrefix($0) && text != $0 }),
      text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else {
      throw node.problem("'\(text)' is not a URL", remedy: "Write https://HOST/PATH")
    }
    return text
  }
}

extension Advisory.Reference {
  /// A bug of Red Hat's Bugzilla, at `url` where it is another's.
  static func bugzilla(_ number: Int, title: String = "", url: String? = nil) -> Self {
    Self(
      kind: .bugzilla, id: String(number), title: title,
      url: url ?? "https://bugzilla.redhat.com/show_bug.cgi?id=\(number)")
  }

  static func cve(_ name: String) -> Self {
    Self(kind: .cve, id: name, title: name, url: CVEName.url(of: name))
  }
}
