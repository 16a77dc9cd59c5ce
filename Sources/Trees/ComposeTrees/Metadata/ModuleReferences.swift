package import ReleaseModel

/// What a document of modules names and nobody has.
package struct ModuleReferences {
  /// One of them.
  package struct Absent: Hashable, Sendable {
    /// The module, or its stream, that names it.
    package let id: String
    /// What it names: an RPM, or `its default stream STREAM`.
    package let what: String
  }

  /// In the document's order.
  package let absent: [Absent]

  /// - Parameters:
  ///   - artifacts: RPMs that are there, as modules name them.
  ///   - arches: architectures whose artifacts count.
  ///   - base: module streams of the base repositories; nil where the policy names none:
  ///     then streams of modules that only a base can have are taken for granted.
  package init(
    _ document: ModuleDocument, having artifacts: Set<String>, arches: Set<Architecture>,
    beside base: Set<String>?
  ) {
    func isOurs(_ artifact: String) -> Bool {
      artifact.split(separator: ".").last.map { arches.contains(Architecture(String($0))) }
        ?? false
    }
    let missing = document.streams.flatMap { stream in
      stream.artifacts.filter { isOurs($0) && !artifacts.contains($0) }
        .map { Absent(id: stream.id, what: $0) }
    }
    let known = Set(document.streams.map(\.id)).union(base ?? [])
    let ours = Set(document.streams.map(\.module))
    let defaults = document.defaults.sorted { $0.key < $1.key }.compactMap {
      module, standard -> Absent? in
      guard let stream = standard.stream, !known.contains("\(module):\(stream)"),
        base != nil || ours.contains(module)
      else { return nil }
      return Absent(id: module, what: "its default stream \(stream)")
    }
    absent = missing + defaults
  }
}
