package import ReleaseModel

/// What `mirrors lists` has written, or would write.
package struct MirrorListsReport: Report, Encodable {
  /// The lists of one rsync module.
  package struct Module: Encodable, Sendable {
    /// As the policy names it.
    package let module: String
    /// Its directory.
    package let path: String
    /// Whether the directory is there.
    package let exists: Bool
    /// Whether the lists were, or are, not what is there.
    package let differs: Bool
    /// Rows of the list; null where nothing was written.
    @OrNull package var entries: Int?
    /// Of the newest document of the change feed; 0 where there is none.
    package let serial: Int
    /// When the lists were written last; null where they never were.
    @OrNull package var written: String?
    /// Since when they are older than the trees; null while they are not.
    @OrNull package var owedSince: String?
    /// The newest command that changed the trees since; null where nothing is owed.
    @OrNull package var owedBy: String?

    /// - Parameters:
    ///   - entries: nil where nothing was written.
    ///   - written: as `Moment` has it; nil where the lists never were.
    package init(
      module: String, path: String, exists: Bool = true, differs: Bool, entries: Int?, serial: Int,
      written: String?,
      owedSince: String?, owedBy: String?
    ) {
      self.module = module
      self.path = path
      self.exists = exists
      self.differs = differs
      self.entries = entries
      self.serial = serial
      self.written = written
      self.owedSince = owedSince
      self.owedBy = owedBy
    }
  }

  /// Name of the stream.
  package let stream: String
  /// Whether nothing was written.
  package let dryRun: Bool
  /// In the policy's order.
  package let modules: [Module]

  /// - Parameter modules: in the policy's order.
  package init(stream: String, dryRun: Bool, modules: [Module]) {
    self.stream = stream
    self.dryRun = dryRun
    self.modules = modules
  }

  /// A headline, and a line for each module.
  package func text(_ style: TextStyle) -> String {
    let isAnyOther = modules.contains(where: \.differs)
    let title =
      dryRun
      ? (isAnyOther ? "The file lists are not what is there" : "The file lists are what is there")
      : (isAnyOther ? "Wrote the file lists" : "The file lists were what is there already")
    var text = style.paint(title, dryRun && isAnyOther ? .heading : .good) + "\n"
    var table = TextTable(["", "", "", ""])
    for module in modules {
      let state =
        !module.exists
        ? "no directory yet"
        : dryRun
          ? (module.differs ? "differs" : "same") : (module.differs ? "written" : "same")
      table.add([
        module.module, state,
        module.entries.map { "\($0) entries" } ?? "",
        module.serial > 0 ? "serial \(module.serial)" : "",
      ])
    }
    text += table.text(style)
    return text
  }
}
