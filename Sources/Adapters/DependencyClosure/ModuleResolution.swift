import CSolv
import ReleaseModel

/// Tells which module streams a machine uses: the rules of libdnf's
/// `ModulePackageContainer`, by the solver that it asks.
///
/// Owner of one libsolv pool, in which each build of a stream is a package that
/// conflicts with every other of its module.
final class ModuleResolution {
  private let document: ModuleDocument
  private let pool: UnsafeMutablePointer<s_Pool>
  /// Solvables of the streams, in the document's order.
  private var ids: [Id] = []
  private let own: Set<String>

  /// - Parameters:
  ///   - own: streams of the release, as `module:stream`: where their defaults do not
  ///     fit those of the base, the base's stay.
  ///   - platform: the stream of the module `platform` that machines have, such as
  ///     `el8`.
  init(
    _ document: ModuleDocument, own: Set<String>, arch: Architecture, platform: String?
  ) throws {
    self.own = own
    guard let pool = pool_create() else {
      throw ComposeError(
        .failed, "libsolv", "it could not make a pool", remedy: "Free some memory")
    }
    self.pool = pool
    self.document = document
    pool_setdisttype(pool, Int32(DISTTYPE_RPM))
    pool_setarch(pool, arch.name)
    guard let repository = repo_create(pool, "modules") else {
      throw ComposeError(
        .failed, "libsolv", "it could not make a repository", remedy: "Free some memory")
    }
    let names = Self.names(of: document.streams)
    for (stream, name) in zip(document.streams, names) {
      ids.append(add(stream, named: name, to: repository))
    }
    if let platform {
      _ = add(
        ModuleStream(module: "platform", stream: platform, artifacts: []),
        named: "platform:\(platform)", to: repository)
    }
    repo_internalize(repository)
    pool_createwhatprovides(pool)
  }

  deinit { pool_free(pool) }

  /// Names under which builds of a stream are one: `module:stream:context`. A
  /// context that nobody named stands for what the build needs.
  private static func names(of streams: [ModuleStream]) -> [String] {
    func needs(_ stream: ModuleStream) -> String {
      stream.requirements.filter { $0.module != "platform" }.map {
        $0.streams.isEmpty
          ? $0.module : "\($0.module):[\($0.streams.sorted().joined(separator: ","))]"
      }.sorted().joined(separator: ",")
    }
    let named = Dictionary(
      streams.filter(\.hasStaticContext).map { (["\($0.id)", needs($0)], $0.context) }
    ) { first, _ in first }
    return streams.map { stream in
      let context =
        stream.hasStaticContext
        ? stream.context : named[[stream.id, needs(stream)]] ?? "needs \(needs(stream))"
      return "\(stream.id):\(context)"
    }
  }

  private func add(
    _ stream: ModuleStream, named name: String, to repository: UnsafeMutablePointer<s_Repo>
  ) -> Id {
    let id = repo_add_solvable(repository)
    guard let solvable = csolv_solvable(pool, id) else { return id }
    solvable.pointee.name = pool_str2id(pool, name, 1)
    solvable.pointee.evr = pool_str2id(pool, "\(stream.version)", 1)
    solvable.pointee.arch = pool_str2id(pool, stream.arch?.name ?? "noarch", 1)
    let module = dependency(stream.module)
    solvable_add_deparray(solvable, SOLVABLE_PROVIDES.id, module, -1)
    solvable_add_deparray(solvable, SOLVABLE_PROVIDES.id, dependency(stream.id), -1)
    solvable_add_deparray(solvable, SOLVABLE_CONFLICTS.id, module, 0)
    for requirement in stream.requirements {
      let refused = requirement.streams.filter { $0.hasPrefix("-") }
      for other in refused {
        solvable_add_deparray(
          solvable, SOLVABLE_CONFLICTS.id,
          dependency("\(requirement.module):\(other.dropFirst())"), 0)
      }
      let wanted = requirement.streams.filter { !$0.hasPrefix("-") }
        .map { dependency("\(requirement.module):\($0)") }
      let needed = wanted.dropFirst().reduce(wanted.first ?? dependency(requirement.module)) {
        pool_rel2id(pool, $0, $1, REL_OR, 1)
      }
      solvable_add_deparray(solvable, SOLVABLE_REQUIRES.id, needed, -1)
    }
    return id
  }

  private func dependency(_ module: String) -> Id { pool_str2id(pool, "module(\(module))", 1) }

  /// Positions of the streams that are in use, default ones among them, once
  /// `enabled` (as `module:stream`) was enabled. Nil where it cannot be: what it needs
  /// is not there, or excludes it.
  func active(enabling enabled: String? = nil) -> Set<Int>? {
    let module = document.streams.first { $0.id == enabled }?.module
    // The solver leaves aside what comes later.
    let defaults = Set(
      document.streams.filter {
        $0.module != module && document.defaults[$0.module]?.stream == $0.stream
      }.map(\.id)
    ).sorted { (own.contains($0) ? 1 : 0, $0) < (own.contains($1) ? 1 : 0, $1) }
    // Defaults that do not fit are left aside; and where the newest does not, an
    // older one is taken.
    for best in [SOLVER_FORCEBEST, 0] {
      var jobs = Queue()
      queue_init(&jobs)
      defer { queue_free(&jobs) }
      let install = SOLVER_SOLVABLE_PROVIDES | SOLVER_INSTALL | best
      if let enabled { queue_push2(&jobs, install, dependency(enabled)) }
      for id in defaults { queue_push2(&jobs, install | SOLVER_WEAK, dependency(id)) }
      guard let solver = solver_create(pool) else { return nil }
      defer { solver_free(solver) }
      guard solver_solve(solver, &jobs) == 0 else { continue }
      let chosen = Set(
        ids.filter { solver_get_decisionlevel(solver, $0) > 0 }
          .map { csolv_solvable(pool, $0).pointee.name })
      // Other versions of what was chosen count as well.
      return Set(ids.indices.filter { chosen.contains(csolv_solvable(pool, ids[$0]).pointee.name) })
    }
    return nil
  }
}
