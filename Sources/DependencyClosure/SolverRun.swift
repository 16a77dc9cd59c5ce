import CSolv

/// One run of the solver: owner of a libsolv solver and its jobs.
struct SolverRun: ~Copyable {
  private let solver: UnsafeMutablePointer<s_Solver>
  private let problems: Int32

  /// - Parameter isWeak: what cannot be installed is left aside instead of
  ///   being a problem.
  init?(_ pool: UnsafeMutablePointer<s_Pool>, installing ids: [Id], isWeak: Bool) {
    guard let solver = solver_create(pool) else { return nil }
    self.solver = solver
    // What is only recommended never stands in the way.
    solver_set_flag(solver, SOLVER_FLAG_IGNORE_RECOMMENDED, 1)
    var jobs = Queue()
    queue_init(&jobs)
    defer { queue_free(&jobs) }
    let job = SOLVER_SOLVABLE | SOLVER_INSTALL | (isWeak ? SOLVER_WEAK : 0)
    for id in ids { queue_push2(&jobs, job, id) }
    problems = solver_solve(solver, &jobs)
  }

  deinit { solver_free(solver) }

  /// Whether everything that was not weak can be installed.
  var isSolved: Bool { problems == 0 }

  func installs(_ id: Id) -> Bool { solver_get_decisionlevel(solver, id) > 0 }

  /// Rules that contradict each other, in the solver's words, with the
  /// solvables that they are about.
  var reasons: [(text: String, source: Id, isUninstallable: Bool)] {
    var found: [(text: String, source: Id, isUninstallable: Bool)] = []
    var rules = Queue()
    queue_init(&rules)
    defer { queue_free(&rules) }
    var problem: Id = 0
    while true {
      problem = solver_next_problem(solver, problem)
      guard problem != 0 else { return found }
      solver_findallproblemrules(solver, problem, &rules)
      for index in 0..<Int(rules.count) {
        var (source, target, dependency): (Id, Id, Id) = (0, 0, 0)
        let type = solver_ruleinfo(solver, rules.elements[index], &source, &target, &dependency)
        guard type.rawValue & UInt32(SOLVER_RULE_TYPEMASK) == SOLVER_RULE_PKG.rawValue,
          let text = solver_problemruleinfo2str(solver, type, source, target, dependency)
        else { continue }
        found.append(
          (String(cString: text), source, type == SOLVER_RULE_PKG_NOT_INSTALLABLE))
      }
    }
  }
}
