import ReleaseModel
import Yams

extension Policy {
  /// Decodes and validates the text of a policy file.
  ///
  /// - Parameter file: its path, for messages.
  ///
  /// Throws ``ComposeError`` of kind `badData` with file and line.
  package init(text: String, file: String) throws {
    let top = try PolicyNode(text: text, file: file)
    _ = try top.members()
    let major = try top.required("major").number(in: 1...999)
    let areas = try Self.areas(top.required("areas"))
    let release = try Self.releaseFormat(top.optional("release"))
    let sample = try Self.sampleRelease(major: major, format: release)
    let retirement = try top.optional("retirement")
    let commitment = try retirement?.optional("commitment")
    let clocks = try top.optional("clocks")
    self.init(
      stream: try Self.name(top.required("stream")), major: major,
      title: try top.required("title").text(), release: release,
      roots: try Self.roots(top.required("roots")), urls: try Self.urls(top.optional("urls")),
      areas: areas,
      links: try LinkChecker(areas: areas, sample: sample).links(top.required("links")),
      arches: try Self.arches(top.required("arches")),
      repositories: try Self.repositories(
        top.optional("repositories"), arches: Self.arches(top.required("arches"))),
      metadata: try MetadataPolicy(
        top.optional("metadata"), major: major, hasHub: top.optional("koji") != nil),
      retirement: RetirementPolicy(
        marker: try Self.marker(retirement?.optional("marker")),
        commitmentMinorReleases: try commitment?.optional("minorReleases")?.number(in: 1...20) ?? 1,
        commitmentMonths: try commitment?.optional("months")?.number(in: 1...240) ?? 13),
      signingKeys: try Self.keyFiles(top.optional("signing")?.optional("keys")),
      clocks: Clocks(
        soak: try Self.wait(clocks?.optional("soak")) ?? WaitingTime(seconds: 3 * 86_400),
        grace: try Self.wait(clocks?.optional("grace")) ?? WaitingTime(seconds: 14 * 86_400)),
      advisories: try AdvisoryPolicy(top.optional("advisories")),
      gate: try GatePolicy(top, major: major),
      koji: try top.optional("koji").map { try KojiNames($0, sample: sample) },
      calendar: try Self.calendar(top.optional("calendar"), major: major))
  }

  static func name(_ node: PolicyNode) throws -> String {
    let text = try node.text()
    guard RelativePath.isSafe(text), !text.hasPrefix(".") else {
      throw node.problem("'\(text)' cannot name a ledger file", remedy: "Use a name like epel-7")
    }
    return text
  }

  private static func releaseFormat(_ node: PolicyNode?) throws -> ReleaseFormat {
    ReleaseFormat(
      minorDigits: try node?.optional("minorDigits")?.number(in: 1...2) ?? 1,
      month: try node?.optional("month")?.word(ReleaseFormat.Month.self) ?? .optional)
  }

  /// Some release of the stream, to try templates with.
  private static func sampleRelease(major: Int, format: ReleaseFormat) throws -> ReleaseID {
    try ReleaseID(
      "\(major)." + (format.minorDigits == 2 ? "06" : "6")
        + (format.month == .none ? "" : ".201903"))
  }

  // MARK: Places

  private static func roots(_ node: PolicyNode) throws -> Roots {
    func root(_ key: String) throws -> String {
      let value = try node.required(key)
      let text = try value.text()
      guard text.hasPrefix("/"), RelativePath(String(text.dropFirst())) != nil else {
        throw value.problem(
          "'\(text)' is not a plain absolute directory",
          remedy: "Write it from / on, without '..', '//' or a slash at the end")
      }
      return text
    }
    let roots = Roots(
      public: try root("public"), staging: try root("staging"), archive: try root("archive"),
      state: try root("state"))
    let all = [
      ("public", roots.public), ("staging", roots.staging), ("archive", roots.archive),
      ("state", roots.state),
    ]
    for (name, path) in all {
      for (other, otherPath) in all where name != other && (path + "/").hasPrefix(otherPath + "/") {
        throw try node.required(name).problem(
          "'\(path)' lies within '\(otherPath)' (roots.\(other))",
          remedy: "Give each root a directory of its own")
      }
    }
    return roots
  }

  private static func urls(_ node: PolicyNode?) throws -> URLs {
    func url(_ key: String) throws -> String? {
      guard let value = try node?.optional(key) else { return nil }
      let text = try value.text()
      guard ["https://", "http://", "file:///"].contains(where: text.hasPrefix),
        !text.hasSuffix("/"), !text.contains(" ")
      else {
        throw value.problem(
          "'\(text)' is not a URL of a directory",
          remedy: "Write https://HOST/PATH without a slash at the end")
      }
      return text
    }
    return URLs(public: try url("public"), staging: try url("staging"), archive: try url("archive"))
  }

  private static func areas(_ node: PolicyNode) throws -> [Area: AreaPolicy] {
    var areas: [Area: AreaPolicy] = [:]
    for area in Area.allCases {
      guard let value = try node.optional(area.rawValue) else { continue }
      areas[area] = AreaPolicy(
        path: try path(value.required("path"), needing: "release", allowing: releasePlaceholders),
        begins: try area == .updates
          ? value.optional("begins")?.word(AreaPolicy.Beginning.self) ?? .release : .release,
        keeps: try area == .updates ? retention(value.optional("keeps")) : .all)
    }
    guard areas[.updates] != nil else {
      throw node.problem(
        "'areas.updates' is missing", remedy: "Add it: every stream has a tree that is pushed to")
    }
    if let releases = areas[.releases]?.path, let updates = areas[.updates]?.path,
      let first = RelativePath(releases.description),
      let second = RelativePath(updates.description),
      first.isWithin(second) || second.isWithin(first)
    {
      throw node.problem(
        first == second
          ? "both areas have the path '\(releases)'"
          : "the paths '\(releases)' and '\(updates)' lie within each other",
        remedy: "Give each its own")
    }
    return areas
  }

  private static func retention(_ node: PolicyNode?) throws -> Retention {
    guard let node else { return .all }
    guard let retention = Retention(try node.text()) else {
      throw node.problem(
        "'\(try node.text())' does not say which versions stay",
        remedy: "Write 'all', '3 versions' or '90 days'")
    }
    return retention
  }

  static let releasePlaceholders = ["release", "major", "minor", "month"]

  /// A template whose text is a safe relative path.
  static func path(
    _ node: PolicyNode, needing placeholder: String?, allowing allowed: [String]
  ) throws -> PathTemplate {
    let template = try template(node, allowing: allowed)
    guard RelativePath(template.description) != nil else {
      throw node.problem(
        "'\(template)' could lead out of its directory",
        remedy: "Write a relative path without '..' and without slashes at its ends")
    }
    if let placeholder, !template.placeholders.contains(placeholder) {
      throw node.problem(
        "'\(template)' lacks '{\(placeholder)}'", remedy: "Put '{\(placeholder)}' into it")
    }
    return template
  }

  static func template(_ node: PolicyNode, allowing allowed: [String]) throws -> PathTemplate {
    let text = try node.text()
    let template: PathTemplate
    do {
      template = try PathTemplate(text)
    } catch {
      throw node.problem(
        error.cause, remedy: "Use \(allowed.map { "{\($0)}" }.joined(separator: ", "))")
    }
    if let stranger = template.placeholders.first(where: { !allowed.contains($0) }) {
      throw node.problem(
        "'{\(stranger)}' has no value here",
        remedy: "Use \(allowed.map { "{\($0)}" }.joined(separator: ", "))")
    }
    return template
  }

  private static func repositories(
    _ node: PolicyNode?, arches: [Architecture]
  ) throws -> RepositoryLayout {
    func layout(_ key: String, _ fallback: String, perArch: Bool) throws -> PathTemplate {
      guard let value = try node?.optional(key) else {
        return try path(
          PolicyNode(text: "\"\(fallback)\"", file: "default"), needing: nil, allowing: ["arch"])
      }
      return try path(value, needing: perArch ? "arch" : nil, allowing: perArch ? ["arch"] : [])
    }
    let modular = try node?.optional("modular").map { node in
      RepositoryLayout.Variant(
        binary: try path(node.required("binary"), needing: "arch", allowing: ["arch"]),
        debug: try path(node.required("debug"), needing: "arch", allowing: ["arch"]),
        source: try path(node.required("source"), needing: nil, allowing: []))
    }
    let layout = RepositoryLayout(
      binary: try layout("binary", "Everything/{arch}", perArch: true),
      debug: try layout("debug", "Everything/{arch}/debug", perArch: true),
      source: try layout("source", "Everything/source/tree", perArch: false), modular: modular)
    guard let node else { return layout }
    let variant = modular.map { [$0.binary, $0.debug, $0.source] } ?? []
    let all = [layout.binary, layout.debug, layout.source] + variant
    if layout.binary == layout.debug {
      throw node.problem("binary and debug have one path", remedy: "Give each its own")
    }
    if let place = try node.optional("modular"), Set(all).count < all.count {
      throw place.problem(
        "two of the repositories have one path", remedy: "Give each its own")
    }
    for template in all {
      let parts = template.description.split(separator: "/")
      if let taken = parts.first(where: { $0 == "Packages" || $0 == "repodata" }) {
        throw node.problem(
          "the path '\(template)' would be inside the '\(taken)' of another repository",
          remedy: "Use other names")
      }
    }
    for arch in arches {
      for template in [layout.binary, layout.debug]
      where template.filled(arch: arch) == layout.source.description {
        throw node.problem(
          "the sources and \(arch) have one path, '\(layout.source)'", remedy: "Give each its own")
      }
    }
    return layout
  }

  private static func arches(_ node: PolicyNode) throws -> [Architecture] {
    var arches: Set<Architecture> = []
    for item in try node.list() {
      let name = try item.text()
      guard RelativePath.isSafe(name), !["noarch", "src", "nosrc"].contains(name) else {
        throw item.problem(
          "'\(name)' is not an architecture with a repository of its own",
          remedy: "Name machines such as x86_64; noarch goes into each, src into the source one")
      }
      guard arches.insert(Architecture(name)).inserted else {
        throw item.problem("'\(name)' is there twice", remedy: "Remove one of the two")
      }
    }
    guard !arches.isEmpty else {
      throw node.problem("'arches' is empty", remedy: "Name at least one architecture")
    }
    return arches.sorted()
  }

  // MARK: Rules

  private static func marker(_ node: PolicyNode?) throws -> GlobPattern {
    guard let node else { return GlobPattern("README-RETIRED*") }
    let text = try node.text()
    guard !text.contains("/"), text.contains(where: { $0 != "*" && $0 != "?" }) else {
      throw node.problem(
        "'\(text)' is not a pattern of a file name", remedy: "Write one such as README-RETIRED*")
    }
    return GlobPattern(text)
  }

  private static func keyFiles(_ node: PolicyNode?) throws -> [String] {
    try node?.list().map(filePath) ?? []
  }

  /// A file or directory that the policy names: absolute, or relative to it.
  static func filePath(_ node: PolicyNode) throws -> String {
    let text = try node.text()
    let relative = text.hasPrefix("/") ? String(text.dropFirst()) : text
    guard RelativePath(relative) != nil else {
      throw node.problem("'\(text)' is not a plain path", remedy: "Write it without '..'")
    }
    return text
  }

  static func wait(_ node: PolicyNode?) throws -> WaitingTime? {
    guard let node else { return nil }
    guard let time = WaitingTime(try node.text()) else {
      throw node.problem(
        "'\(try node.text())' is not a time to wait", remedy: "Write '3 days' or '12 hours'")
    }
    return time
  }

  private static func calendar(_ node: PolicyNode?, major: Int) throws -> [CalendarEntry] {
    guard let node else { return [] }
    let entries = try node.members().map { key, value -> CalendarEntry in
      guard let id = try? ReleaseID(key), id.month == nil, id.major == major else {
        throw value.problem(
          "'\(key)' is not a minor release of \(major)", remedy: "Write it as \"\(major).6\"")
      }
      let isMapping = value.node.mapping != nil
      let dateNode = isMapping ? try value.required("date") : value
      guard let date = CalendarDate(try dateNode.text()) else {
        throw dateNode.problem(
          "'\(try dateNode.text())' is not a date", remedy: "Write YYYY-MM-DD, a day that exists")
      }
      let planned = isMapping ? try value.optional("planned")?.flag() ?? false : false
      return CalendarEntry(minorRelease: id.minorRelease, date: date, isPlanned: planned)
    }.sorted { $0.minorRelease < $1.minorRelease }
    for (earlier, later) in zip(entries, entries.dropFirst()) where later.date < earlier.date {
      throw node.problem(
        "\(later.minorRelease) is dated before \(earlier.minorRelease)",
        remedy: "Correct one of the dates")
    }
    return entries
  }
}

extension Policy.MetadataPolicy {
  /// Decodes `metadata`: a mapping, or the one word that says who makes it.
  fileprivate init(_ node: PolicyNode?, major: Int, hasHub: Bool) throws {
    let members = node?.node.mapping == nil ? nil : node
    let maker = members == nil ? node : try members?.optional("from")
    from = try maker?.word(Maker.self) ?? .here
    let compression = try members?.optional("compression")?.word(Compression.self) ?? .gz
    self.compression = compression
    // yum of EL7 and before reads no zstd.
    let clients: [Container] =
      try members?.optional("clients")?.list().map { try $0.word(Container.self) }
      .sorted { $0.rawValue < $1.rawValue }
      ?? (major <= 7 ? [.bz2, .gz, .xz] : [.bz2, .gz, .xz, .zstd])
    if let place = try members?.optional("compression") ?? members,
      !clients.contains(where: { $0.rawValue == compression.rawValue })
    {
      throw place.problem(
        "the clients of the stream do not read \(compression.rawValue)",
        remedy: "Choose another compression, or correct 'metadata.clients'")
    }
    self.clients = clients
    changelogs = try members?.optional("changelogs")?.number(in: 0...1000) ?? 10
    let databases = try members?.optional("databases")
    self.databases = try databases?.flag() ?? false
    if self.databases, !clients.contains(.gz), let databases {
      throw databases.problem(
        "databases are compressed by gz, which the clients of the stream do not read",
        remedy: "Leave 'databases' out, or correct 'metadata.clients'")
    }
    comps = try members?.optional("comps").map(Policy.filePath)
    modules = try members?.optional("modules").map { node in
      _ = try Policy.filePath(node)
      return try Policy.template(node, allowing: ["arch"])
    }
    if from == .koji, !hasHub, let maker {
      throw maker.problem(
        "there is no hub that could make the metadata", remedy: "Add 'koji', or write 'here'")
    }
  }
}
