import DurableFiles
import RPMPackages
import ReleaseModel

/// Names builds whose files a tree has and that nobody has heard of.
struct UnknownBuilds {
  let known: Set<NVR>
  let reader: RPMReader

  /// Binary RPMs that are opened at most: only their headers name their build, and
  /// the names are for people.
  private static let limit = 50

  /// Sorted by name. By the names of source RPMs; where a tree has none of a build,
  /// a binary RPM is asked.
  func names(in directory: Directory) throws -> [NVR] {
    let paths = try directory.manifest().manifest.checksums.keys.filter {
      $0.name.hasSuffix(".rpm")
    }
    let sources = Set(paths.compactMap { NVR(sourceRPM: $0.name) })
    var unknown = sources.subtracting(known)
    let versions = Set(known.union(sources).map { Self.version($0) })
    let binaries = Dictionary(paths.map { ($0.name, $0) }) { min($0, $1) }
    let candidates = binaries.sorted { $0.key < $1.key }.compactMap { name, path in
      Self.nvr(ofBinary: name).map { (nvr: $0, path: path) }
    }.filter { !known.contains($0.nvr) && !sources.contains($0.nvr) }
    // Most sub-packages have the version and release of their build: the others come
    // first, and alone where source RPMs name the builds.
    let odd = candidates.filter { !versions.contains(Self.version($0.nvr)) }
    let others =
      sources.isEmpty ? candidates.filter { versions.contains(Self.version($0.nvr)) } : []
    for candidate in (odd + others).prefix(Self.limit) {
      guard let build = try? directory.rpm(candidate.path, by: reader).build,
        !known.contains(build)
      else { continue }
      unknown.insert(build)
    }
    return unknown.sorted { $0.description < $1.description }
  }

  private static func version(_ nvr: NVR) -> String { "\(nvr.version)-\(nvr.rpmRelease)" }

  /// `beta-doc-1.0-1` of `beta-doc-1.0-1.noarch.rpm`; nil for a source RPM.
  private static func nvr(ofBinary name: String) -> NVR? {
    let parts = name.split(separator: ".").dropLast()
    guard let arch = parts.last, arch != "src", arch != "nosrc" else { return nil }
    return NVR(sourceRPM: parts.dropLast().joined(separator: ".") + ".src.rpm")
  }
}
