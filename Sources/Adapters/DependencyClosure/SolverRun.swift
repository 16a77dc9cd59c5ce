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

  /// One of the rules that contradict each other.
  struct Reason {
    enum Kind {
      /// `source` needs `dependency`.
      case requirement
      /// `source` is not there to be installed.
      case absence
      /// Two packages exclude each other.
      case exclusion
    }

    let kind: Kind
    /// In the solver's words.
    let text: String
    let source: Id
    let dependency: Id
  }

  /// Why it is not solved.
  var reasons: [Reason] {
    var found: [Reason] = []
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
        let kind: Reason.Kind =
          switch type {
          case SOLVER_RULE_PKG_REQUIRES, SOLVER_RULE_PKG_NOTHING_PROVIDES_DEP: .requirement
          case SOLVER_RULE_PKG_NOT_INSTALLABLE: .absence
          default: .exclusion
          }
        found.append(
          Reason(
            kind: kind, text: String(cString: text), source: source, dependency: dependency))
      }
    }
  }
}
