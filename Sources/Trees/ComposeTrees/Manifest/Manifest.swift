package import ReleaseModel

/// SHA-256 of every file of a tree, as `MANIFEST.sha256` at its top: the form
/// that `sha256sum --check` reads. The ledger holds the manifest's own.
package struct Manifest: Sendable {
  /// At the top of a tree; it does not list itself.
  package static let fileName = "MANIFEST.sha256"
  /// Its signature, beside it, where the policy has metadata signed; not listed either.
  package static let signatureName = "MANIFEST.sha256.asc"

  /// Whether `path` is the manifest or its signature, which no manifest lists.
  package static func isOwn(_ path: RelativePath) -> Bool {
    path.description == fileName || path.description == signatureName
  }

  /// SHA-256 of every other file, by path below the tree.
  package private(set) var checksums: [RelativePath: Checksum]

  /// SHA-256 of the file at `path`; nil takes it out.
  ///
  /// A subscript, because setting a key of ``checksums`` from another module copies all of it.
  package subscript(path: RelativePath) -> Checksum? {
    get { checksums[path] }
    set {
      checksums[path] = newValue
      order = Order(after: order)
    }
  }

  /// Adds files, in place of those that have the same paths.
  package mutating func merge(_ files: [RelativePath: Checksum]) {
    checksums.merge(files) { _, new in new }
    order = Order(after: order)
  }

  /// Files in order, kept once they were sorted: sorting tens of thousands takes
  /// longer than writing them.
  private final class Order: Sendable {
    struct Files {
      /// As they were sorted last; empty where they never were.
      var sorted: [(path: RelativePath, checksum: Checksum)] = []
      /// Whether none of them has changed since.
      var isCurrent = false
    }

    let files: Guarded<Files>
    /// Paths of the repositories, once somebody has looked for them.
    let repositories = Guarded<[RelativePath]?>(nil)

    init(after order: Order? = nil) {
      files = Guarded(Files(sorted: order?.files.withLock { $0.sorted } ?? []))
    }
  }

  private var order = Order()

  /// For a tree that is being built; empty at first.
  package init(checksums: [RelativePath: Checksum] = [:]) {
    self.checksums = checksums
  }

  /// Repositories that the tree has, by their repomd.xml, sorted: what it was
  /// made with, whatever the policy says by now.
  package var repositories: [RelativePath] {
    order.repositories.withLock { repositories in
      if let repositories { return repositories }
      let found = checksums.keys.compactMap { path -> RelativePath? in
        guard path.description.hasSuffix("/repodata/repomd.xml") else { return nil }
        return path.parent?.parent
      }.sorted()
      repositories = found
      return found
    }
  }

  /// Every file, sorted by path.
  package var sorted: [(path: RelativePath, checksum: Checksum)] {
    order.files.withLock { files in
      if !files.isCurrent {
        files = Order.Files(sorted: sortedAnew(after: files.sorted), isCurrent: true)
      }
      return files.sorted
    }
  }

  /// Sorts only what is new.
  ///
  /// - Parameter former: files as they were sorted last.
  private func sortedAnew(
    after former: [(path: RelativePath, checksum: Checksum)]
  ) -> [(path: RelativePath, checksum: Checksum)] {
    let kept = former.compactMap { file in
      checksums[file.path].map { (path: file.path, checksum: $0) }
    }
    if kept.count == checksums.count { return kept }
    let known = Set(kept.lazy.map(\.path))
    let new = checksums.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }
    var sorted: [(path: RelativePath, checksum: Checksum)] = []
    sorted.reserveCapacity(checksums.count)
    var rest = kept[...]
    for (path, checksum) in new {
      let end = rest.firstIndex { path < $0.path } ?? rest.endIndex
      sorted += rest[..<end]
      rest = rest[end...]
      sorted.append((path, checksum))
    }
    return sorted + rest
  }

  /// The bytes of the file: one line for each path, sorted by path.
  package var contents: [UInt8] {
    let files = sorted
    let size = files.reduce(0) { $0 + $1.path.description.utf8.count + Self.lineOverhead }
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      for (path, checksum) in files {
        checksum.writeHex(to: UnsafeMutableBufferPointer(rebasing: buffer[count...]))
        count += 2 * Checksum.byteCount
        count = buffer[count...].update(fromContentsOf: "  ".utf8)
        count = buffer[count...].update(fromContentsOf: path.description.utf8)
        count = buffer[count...].update(fromContentsOf: "\n".utf8)
      }
    }
  }

  /// Digits, two spaces and the end of a line.
  private static let lineOverhead = 2 * Checksum.byteCount + 3

  /// Parses the bytes of the file; throws `badData` that names the line.
  package init(contents: [UInt8], file: String) throws {
    var files: [(path: RelativePath, checksum: Checksum)] = []
    files.reserveCapacity(contents.count / 120)
    func damaged(_ line: Int) -> ComposeError {
      ComposeError(
        .badData, "\(file.sanitizedForDisplay):\(line + 1)", "it is not a line of a manifest",
        remedy: "Run 'epel-compose verify' to see what else is damaged")
    }
    try contents.withUnsafeBufferPointer { bytes in
      for (index, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
        guard let entry = Self.parse(line) else { throw damaged(index) }
        files.append(entry)
      }
    }
    self.init(files: files)
    guard checksums.count < files.count else { return }
    var seen: Set<RelativePath> = []
    throw damaged(files.firstIndex { !seen.insert($0.path).inserted } ?? 0)
  }

  /// - Parameter files: each path once; cheapest in their order.
  package init(files: [(path: RelativePath, checksum: Checksum)]) {
    checksums = Dictionary(files.map { ($0.path, $0.checksum) }) { first, _ in first }
    let isSorted = zip(files, files.dropFirst()).allSatisfy { $0.path < $1.path }
    if isSorted { order.files.withLock { $0 = Order.Files(sorted: files, isCurrent: true) } }
  }

  /// As ``init(contents:file:)``, for bytes that may have been parsed a moment
  /// ago: a command looks at the manifests of its trees several times.
  ///
  /// - Parameter checksum: SHA-256 of `contents`.
  static func parsed(_ contents: [UInt8], _ checksum: Checksum, file: String) throws -> Manifest {
    if let known = recent.withLock({ $0.first { $0.checksum == checksum } }) {
      return known.manifest
    }
    let manifest = try Manifest(contents: contents, file: file)
    remember(manifest, as: checksum)
    return manifest
  }

  /// Notes that the bytes of `manifest` have this SHA-256.
  static func remember(_ manifest: Manifest, as checksum: Checksum) {
    recent.withLock { recent in
      recent.removeAll { $0.checksum == checksum }
      recent.append((checksum, manifest))
      if recent.count > remembered { recent.removeFirst() }
    }
  }

  /// The two trees of each release where links move from one to another.
  private static let remembered = 4
  private static let recent = Guarded<[(checksum: Checksum, manifest: Manifest)]>([])

  private static func parse(
    _ line: Slice<UnsafeBufferPointer<UInt8>>
  ) -> (path: RelativePath, checksum: Checksum)? {
    let digits = 2 * Checksum.byteCount
    let line = UnsafeBufferPointer(rebasing: line)
    guard line.count > digits + 2, line[digits] == UInt8(ascii: " "),
      line[digits + 1] == UInt8(ascii: " "),
      let checksum = Checksum(hex: line[..<digits]),
      let text = String(validating: line[(digits + 2)...], as: UTF8.self),
      let path = RelativePath(text)
    else { return nil }
    return (path, checksum)
  }
}

extension Manifest: Equatable {
  /// Equal when they list the same files with the same contents.
  package static func == (lhs: Manifest, rhs: Manifest) -> Bool { lhs.checksums == rhs.checksums }
}
