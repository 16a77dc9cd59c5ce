package import ComposePlanning
import ComposePolicy
package import ComposeStream
import PackageLibrary
import RPMPackages
package import ReleaseModel
import RepoMetadata

extension ListedPackage {
  var served: ServedContents.RPM { ServedContents.RPM(nevra: nevra, package: package) }
}

extension ServedContents {
  /// Adds what another tree has: a repository that both have lists all.
  mutating func add(_ other: ServedContents) {
    repositories.merge(other.repositories) { $0 + $1 }
    groups.formUnion(other.groups)
    modules.formUnion(other.modules)
  }
}

extension StreamContext {
  /// What users of the current release can get; nil where there is none, or where
  /// its metadata cannot be read, which the plan tells.
  package func servedContents() throws -> ServedContents? {
    do {
      return try Baseline.current(in: self)?.contents()
    } catch let error as ComposeError where [.badData, .noInput].contains(error.kind) {
      return nil
    }
  }

  /// RPMs of `served` whose name no RPM of `builds` has, and which one of these
  /// replaces at just the version that users have. Nil where the RPMs cannot be
  /// read again: those of a preview that downloads are not kept.
  ///
  /// - Parameter decided: source packages that nobody needs to ask about.
  package func obsoleted(
    of served: ServedContents, deciding decided: Set<String>, by builds: [Build]
  ) throws -> Set<NEVRA>? {
    let rpms = builds.flatMap(\.rpms).filter { $0.kind == .binary }
    let gone = served.names.subtracting(rpms.map(\.nevra.name))
    let lost = served.repositories.values.joined().filter {
      gone.contains($0.nevra.name) && !decided.contains($0.package)
        && RPMFile.kind(of: $0.nevra) == .binary
    }
    if lost.isEmpty { return [] }
    guard rpms.allSatisfy({ $0.path.hasPrefix("/") }) else { return nil }
    let document = try MemoryDocument(.primary, elements: library.elements(.primary, of: rpms))
    let listed = try document.withDescriptor { descriptor in
      try PrimaryReader.packages(in: "builds", openedAs: descriptor, openChecksum: nil)
    }
    return ServedContents.obsoleted(Set(lost.map(\.nevra)), by: listed)
  }
}

extension ServedContents {
  /// Those of `lost` that one of `listed` replaces at just their version.
  static func obsoleted(_ lost: Set<NEVRA>, by listed: [ListedPackage]) -> Set<NEVRA> {
    var heirs: [String: [ListedPackage]] = [:]
    for package in listed {
      for name in Set(package.obsoletes.map(\.name)) { heirs[name, default: []].append(package) }
    }
    return lost.filter { nevra in
      // An RPM for another machine replaces nothing here.
      (heirs[nevra.name] ?? []).contains { heir in
        (heir.nevra.arch == nevra.arch || heir.nevra.arch == .noarch || nevra.arch == .noarch)
          && heir.replaces(nevra, .rpm)
      }
    }
  }
}
