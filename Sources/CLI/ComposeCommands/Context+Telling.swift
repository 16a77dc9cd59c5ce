import ComposeLifecycle
import ComposeStream
import ReleaseModel

extension Context {
  /// Tells mirrors what the command, or one before it, has changed. What cannot be told stays
  /// owed: it ends the command with its own status, unless that has failed already.
  func tellMirrors(in stream: StreamContext, after result: Result<Void, any Error>) throws {
    guard try !stream.owedModules().isEmpty else { return }
    do {
      try noteOdd(Telling(stream: stream).tell())
    } catch let error as ComposeError where error.kind != .interrupted {
      if case .success = result { throw error }
      warn("\(error)")
    }
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
