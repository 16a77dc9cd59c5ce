import ComposePlanning
import DurableFiles
import ReleaseModel

/// Puts the RPMs of builds into the repositories of a tree.
struct PackagePlacer {
  let tree: Directory
  let assignment: RepositoryAssignment
  let activity: any ActivityReporting

  /// Links or copies every RPM; returns the paths below the tree that it
  /// made or found, with their checksums.
  @discardableResult
  func place(_ builds: [Build]) throws -> [RelativePath: Checksum] {
    let rpms = builds.flatMap(\.rpms)
    activity.begin("Linking RPMs into \(tree.path)", total: rpms.count, unit: "RPMs")
    defer { activity.end() }
    var directories: [RelativePath: Directory] = [:]
    var placed: [RelativePath: Checksum] = [:]
    for rpm in rpms {
      try Interruption.check(remaining: "linking RPMs into \(tree.path)")
      let repositories = assignment.repositories(of: rpm)
      activity.advance(by: 1)
      if repositories.isEmpty { continue }
      let location = try RepositoryAssignment.location(of: rpm.nevra)
      // A push that goes on after an interruption may no longer have the pool.
      let paths = repositories.map { $0.appending(location) }
      if try paths.allSatisfy({ try isPlaced($0, rpm.sha256) }) {
        for path in paths { placed[path] = rpm.sha256 }
        continue
      }
      var source = try VerifiedFile(ReadableFile(path: rpm.path), expecting: rpm.sha256)
      for repository in repositories {
        let path = repository.appending(location)
        guard let parent = path.parent else { continue }
        let directory = try directories[parent] ?? tree.makeDirectories(parent, durably: false)
        directories[parent] = directory
        if try directory.place(source, as: path.name) == .copied {
          // The pool is on another device: later names link to this copy.
          source = VerifiedFile(
            alreadyHashed: try directory.openFile(RelativePath.of(path.name)),
            checksum: rpm.sha256)
        }
        placed[path] = rpm.sha256
      }
    }
    return placed
  }

  private func isPlaced(_ path: RelativePath, _ checksum: Checksum) throws -> Bool {
    guard try tree.status(of: path)?.kind == .file else { return false }
    return try tree.openFile(path).sha256() == checksum
  }
}
