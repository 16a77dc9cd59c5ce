import ComposeLifecycle
import ComposePolicy
import ComposeStream
import ReleaseModel

extension Context {
  /// Tells mirrors what the command, or one before it, has changed. What cannot be told stays
  /// owed: it ends the command with its own status, unless that has failed already.
  ///
  /// - Parameter begun: when the command opened the stream.
  func tellMirrors(
    in stream: StreamContext, begun: Int, after result: Result<Void, any Error>
  ) throws {
    guard try !stream.owedModules().isEmpty else { return }
    do {
      try noteOdd(Telling(stream: stream, begun: begun).tell())
    } catch let error as ComposeError where error.kind != .interrupted {
      if case .success = result { throw error }
      warn("\(error)")
    }
  }

  /// Says that a gate asked nobody, where the policy wants it to.
  ///
  /// - Parameter isWanted: whether the policy has what the gate is for.
  func noteUnasked(_ gate: String, in stream: StreamContext, isWanted: Bool) {
    guard isWanted, let obstacle = MirrorSurvey.obstacle(of: stream) else { return }
    activity.note("\(gate): no server was asked: \(obstacle)")
  }

  /// Throws `usage` unless the policy says what mirrors are told.
  func requireMirrors(_ entry: PolicySet.Entry) throws {
    guard entry.policy.mirrors == nil else { return }
    throw ComposeError(
      .usage, entry.policy.stream, "its policy says nothing of mirrors",
      remedy: "Add the key 'mirrors'; Docs/Mirrors.md says what it means")
  }

  /// Warns of names that no list can have.
  func noteOdd(_ told: [Telling.Told]) {
    for module in told {
      for name in module.odd {
        warn(
          "the list of \(module.module) leaves out '\(name)', whose name has control characters "
            + "or is not UTF-8: mirrors that work by lists do not get it")
      }
    }
  }
}
