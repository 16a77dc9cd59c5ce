import CSolv
import Glibc
package import ReleaseModel

/// All RPMs of one architecture that matter for installing those of a release,
/// in libsolv: the solver inside dnf and zypper. What it cannot resolve, users
/// cannot install.
///
/// Owner of one libsolv pool. Not for several threads at once; each
/// architecture has a universe of its own.
package final class PackageUniverse {
  /// What an RPM is here for.
  package enum Role: Sendable {
    /// Of the release: must be installable.
    case release
    /// Of a repository that users have as well, such as RHEL's.
    case base
    /// Users had it, but will not any more: only serves to name the package whose
    /// absence breaks others.
    case former
    /// Users had it longer ago: the same, but that what only recommends it has long
    /// been told.
    case removed
    /// Stands for something that no repository of ours ever provided.
    case external
  }

  /// Whether what nobody ever provided is taken for granted, because no base
  /// repository was named that could say.
  package let assumesExternals: Bool
  let pool: UnsafeMutablePointer<s_Pool>
  /// By solvable id; nil for ids that are none of ours.
  private(set) var roles: [Role?] = []
  /// Solvables that can be installed, as libsolv wants them: owned here, the
  /// pool only refers to it.
  let considered: UnsafeMutablePointer<Map>
  /// Who tells which packages of a repository have some file, for when that is
  /// needed.
  private var fileLists: [(repository: UnsafeMutablePointer<s_Repo>, load: FileLists)] = []
  private var isPrepared = false
  /// What was taken for granted, once that is known.
  private var assumed: [Id] = []
  /// What repositories say of modules.
  var modules = ModuleDocument.none
  /// Streams of the release, as `module:stream`.
  var ownStreams: Set<String> = []
  /// The stream of the module `platform` that machines have; nil where nobody says.
  let platform: String?
  let arch: Architecture
  /// Solvables of each stream of `modules`.
  var artifacts: [[Id]] = []
  var moduleResolution: ModuleResolution?
  /// What clients hide because of modules, and why.
  var hidden: [Id: BrokenPackage.Hiding] = [:]
  /// Who needs whom, once ``brokenPackages(without:)`` has asked.
  var cachedRequirers: [Id: [Id]]?

  /// Without any packages yet.
  /// - Parameters:
  ///   - assumesExternals: take for granted what no package ever provided, because no
  ///     base repository was named.
  ///   - platform: the stream of the module `platform` that machines have, such as
  ///     `el8`; nil where nobody says.
  package init(arch: Architecture, assumesExternals: Bool, platform: String? = nil) throws {
    guard let pool = pool_create() else {
      throw ComposeError(
        .failed, "libsolv", "it could not make a pool", remedy: "Free some memory")
    }
    self.pool = pool
    self.assumesExternals = assumesExternals
    self.platform = platform
    self.arch = arch
    considered = .allocate(capacity: 1)
    considered.initialize(to: Map())
    map_init(considered, 0)
    // Debian's libsolv would otherwise compare versions as dpkg does, and know
    // no noarch.
    pool_setdisttype(pool, Int32(DISTTYPE_RPM))
    pool_setarch(pool, arch.name)
    pool_set_flag(pool, Int32(POOL_FLAG_WHATPROVIDESWITHDISABLED), 1)
  }

  deinit {
    pool.pointee.considered = nil
    pool_free(pool)
    map_free(considered)
    considered.deallocate()
  }

  // MARK: Contents

  /// Tells which packages of a repository have which of the given files; a
  /// package is named by its checksum, as primary metadata has it.
  package typealias FileLists = (Set<String>) throws -> [(path: String, package: String)]

  /// Adds the packages of a repository from its primary metadata.
  ///
  /// - Parameters:
  ///   - contents: what to read, and whether it was read before.
  ///   - fileLists: asked only where some RPM needs a file that primary metadata
  ///     does not list, perhaps when the call is long over.
  ///   - label: the repository, for messages.
  package func add(
    _ contents: PrimaryContents, fileLists: @escaping FileLists, as role: Role, label: String
  ) throws {
    let repository = try makeRepository(label)
    if let known = contents.known, SolvForm.read(known, into: repository) {
    } else if try addParts(of: contents, to: repository, label) {
    } else {
      repo_empty(repository, 1)
      try contents.withDocument { try load($0, into: repository, label) }
      if let key = contents.key, let written = SolvForm.write(repository) {
        contents.store?.keep(solv: written, as: key)
      }
    }
    take(repository, as: role)
    self.fileLists.append((repository, fileLists))
  }

  /// Adds RPMs of which only a record is left.
  ///
  /// - Parameter role: ``Role/former`` or ``Role/removed``.
  package func add(
    records: some Sequence<FormerRPM>, as role: Role = .former, label: String
  ) throws {
    let repository = try makeRepository(label)
    for record in records {
      let solvable = csolv_solvable(pool, repo_add_solvable(repository))
      guard let solvable else { continue }
      let nevra = record.rpm.nevra
      solvable.pointee.name = pool_str2id(pool, nevra.name, 1)
      solvable.pointee.evr = pool_str2id(pool, nevra.evr.description, 1)
      solvable.pointee.arch = pool_str2id(pool, nevra.arch.name, 1)
      solvable_set_str(solvable, SOLVABLE_SOURCENAME.id, record.rpm.package)
      for capability in record.provides {
        solvable_add_deparray(
          solvable, SOLVABLE_PROVIDES.id, dependency(capability), 0)
      }
    }
    repo_internalize(repository)
    take(repository, as: role)
  }

  /// `name`, or `name OPERATOR evr`, as libsolv writes dependencies.
  private func dependency(_ text: String) -> Id {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 3, let flags = Self.operators[words[1]] else {
      return pool_str2id(pool, text, 1)
    }
    return pool_rel2id(
      pool, pool_str2id(pool, words[0], 1), pool_str2id(pool, words[2], 1), flags, 1)
  }

  private static let operators = [
    "=": REL_EQ, "<": REL_LT, ">": REL_GT, "<=": REL_LT | REL_EQ, ">=": REL_GT | REL_EQ,
  ]

  /// For what changes the contents.
  func forgetPreparation() {
    isPrepared = false
    moduleResolution = nil
  }

  func makeRepository(_ label: String) throws -> UnsafeMutablePointer<s_Repo> {
    forgetPreparation()
    guard let repository = repo_create(pool, label) else { throw problem(label) }
    return repository
  }

  private func load(
    _ descriptor: Int32, into repository: UnsafeMutablePointer<s_Repo>, _ label: String
  ) throws {
    // Opened anew: libsolv reads from a stream of its own, from the start.
    guard let file = fopen("/proc/self/fd/\(descriptor)", "r") else {
      throw ComposeError(
        .inputOutput, label.sanitizedForDisplay,
        "it cannot be read: \(String(cString: strerror(errno)))", remedy: "Try again")
    }
    defer { fclose(file) }
    guard csolv_nests_deeper(fileno(file), Self.deepestDependency) == 0 else {
      throw ComposeError(
        .badData, label.sanitizedForDisplay,
        "it has a dependency with more than \(Self.deepestDependency) parentheses in each other",
        remedy: "Take the RPM with that dependency out")
    }
    guard repo_add_rpmmd(repository, file, nil, 0) == 0 else { throw problem(label) }
  }

  /// libsolv reads rich dependencies by recursion, a parenthesis a call.
  static let deepestDependency: Int32 = 500

  private func take(_ repository: UnsafeMutablePointer<s_Repo>, as role: Role) {
    let (start, end) = (Int(repository.pointee.start), Int(repository.pointee.end))
    if roles.count < end { roles += Array(repeating: nil, count: end - roles.count) }
    for id in start..<end
    where csolv_solvable(pool, Id(id)).pointee.repo == repository {
      roles[id] = role
    }
  }

  private func problem(_ thing: String) -> ComposeError {
    let cause = pool_errstr(pool).map { String(cString: $0) } ?? "libsolv cannot read it"
    return ComposeError(
      .badData, thing.sanitizedForDisplay, cause.sanitizedForDisplay,
      remedy: "Replace it with an intact copy")
  }

  // MARK: Preparation

  /// Finds out who provides what. Called by everything that asks.
  func prepare() throws {
    guard !isPrepared else { return }
    dropDoubles()
    index()
    if try findFiles() { index() }
    if assumesExternals {
      try consider()
      assumed = externals()
      addExternals(assumed)
    }
    try consider()
    cachedRequirers = nil
    isPrepared = true
  }

  /// Finds out what can be installed at all by those who chose no module stream.
  private func consider() throws {
    map_free(considered)
    map_init(considered, pool.pointee.nsolvables)
    // The system's own solvable, of which libsolv has one in each pool.
    csolv_map_set(considered, Id(SYSTEMSOLVABLE))
    for (id, role) in roles.enumerated() where role != nil && role != .former && role != .removed {
      csolv_map_set(considered, Id(id))
    }
    pool.pointee.considered = considered
    hidden = [:]
    indexArtifacts()
    _ = try choose(nil)
  }

  /// Names that are taken for granted because nothing here ever provided them,
  /// whatever the version; empty where a base says what there is.
  package func assumedNames() throws -> Set<String> {
    try prepare()
    let assumed = Set(assumed)
    return ids(.release).reduce(into: []) { names, id in
      for leaf in requirements(of: id).flatMap(conditions) where assumed.contains(leaf) {
        names.insert(text(of: name(in: leaf)))
      }
    }
  }

  /// Removes former RPMs that the release still has.
  private func dropDoubles() {
    func key(_ id: Id) -> [Id] {
      let solvable = csolv_solvable(pool, id).pointee
      return [solvable.name, solvable.evr, solvable.arch]
    }
    let present = Set(ids(.release).map(key))
    for id in ids(.former) + ids(.removed) where present.contains(key(id)) { roles[Int(id)] = nil }
  }

  private func index() {
    pool.pointee.considered = nil
    pool_addfileprovides(pool)
    pool_createwhatprovides(pool)
  }

  /// Looks for the files that RPMs of the release need, directly or through the
  /// base, and that are not in primary metadata; whether there were any.
  private func findFiles() throws -> Bool {
    var wanted: Set<Id> = []
    var seen = Set(ids(.release))
    var next = Array(seen)
    // What the release needs of the base counts as well, and what that needs.
    while let id = next.popLast() {
      for leaf in requirements(of: id).flatMap(conditions) {
        let providers = providers(of: leaf)
        if providers.isEmpty, !csolv_is_relation(leaf).isTrue,
          Self.needsFileLists(text(of: leaf))
        {
          wanted.insert(leaf)
        }
        next += providers.filter { role($0) == .base && seen.insert($0).inserted }
      }
    }
    guard !wanted.isEmpty else { return false }
    let paths = Set(wanted.map { text(of: $0) })
    for (repository, fileLists) in fileLists {
      let owners = try fileLists(paths)
      guard !owners.isEmpty else { continue }
      let packages = idsByChecksum(in: repository)
      for (path, package) in owners {
        guard let id = packages[package] else { continue }
        solvable_add_deparray(
          csolv_solvable(pool, id), SOLVABLE_PROVIDES.id, pool_str2id(pool, path, 1), 0)
      }
    }
    return true
  }

  private func idsByChecksum(in repository: UnsafeMutablePointer<s_Repo>) -> [String: Id] {
    var found: [String: Id] = [:]
    for id in repository.pointee.start..<repository.pointee.end {
      guard let solvable = csolv_solvable(pool, id), solvable.pointee.repo == repository else {
        continue
      }
      var type: Id = 0
      let checksum = solvable_lookup_checksum(solvable, SOLVABLE_CHECKSUM.id, &type)
      if let checksum { found[String(cString: checksum)] = id }
    }
    return found
  }

  /// Whether `path` is a file that primary metadata leaves out: it has those
  /// below /etc and every bin or sbin, and /usr/lib/sendmail.
  static func needsFileLists(_ path: String) -> Bool {
    path.hasPrefix("/") && !path.hasPrefix("/etc/") && !path.contains("bin/")
      && path != "/usr/lib/sendmail"
  }

  /// Requirements that no repository provides or provided, and that one outside
  /// the policy could fulfil. A version that the release lacks of something that it
  /// provides is not one of them, nor any version of what the stream once provided:
  /// only the stream itself provides that. What only a module stream has that is not in
  /// use, others may have without it.
  private func externals() -> [Id] {
    var ours: Set<Id> = []
    for id in ids(.release).filter({ !isOfUnusedStream($0) }) + ids(.former) + ids(.removed) {
      ours.insert(csolv_solvable(pool, id).pointee.name)
      ours.formUnion(provides(of: id).map(name))
    }
    var wanted: Set<Id> = []
    for id in ids(.release) + ids(.former) {
      for dependency in requirements(of: id) {
        for leaf in conditions(of: dependency)
        where providers(of: leaf).allSatisfy(isOfUnusedStream) {
          if !csolv_is_relation(leaf).isTrue || !ours.contains(name(in: leaf)) {
            wanted.insert(leaf)
          }
        }
      }
    }
    return wanted.sorted()
  }

  /// Adds an imaginary solvable for each of `leaves`, and tells libsolv that it
  /// provides just that dependency. It provides nothing else, so it neither
  /// satisfies other dependencies nor conflicts with anything.
  private func addExternals(_ leaves: [Id]) {
    guard !leaves.isEmpty, let repository = repo_create(pool, "external") else { return }
    let made = leaves.map { leaf -> (leaf: Id, id: Id) in
      let id = repo_add_solvable(repository)
      if let solvable = csolv_solvable(pool, id) {
        solvable.pointee.name = pool_str2id(pool, "external:\(text(of: leaf))", 1)
        solvable.pointee.evr = pool_str2id(pool, "0-0", 1)
        solvable.pointee.arch = pool_str2id(pool, "noarch", 1)
      }
      return (leaf, id)
    }
    take(repository, as: .external)
    index()
    for (leaf, id) in made {
      var list = [id]
      pool_set_whatprovides(pool, leaf, pool_ids2whatprovides(pool, &list, 1))
    }
  }
}

extension Int32 {
  /// C's idea of a truth value.
  var isTrue: Bool { self != 0 }
}

extension solv_knownid {
  /// As an argument.
  var id: Id { Id(rawValue) }
}
