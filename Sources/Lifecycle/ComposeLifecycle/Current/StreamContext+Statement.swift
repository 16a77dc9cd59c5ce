import ComposePolicy
package import ComposeStream
import MirrorDocuments
package import ReleaseModel

extension StreamContext {
  /// What `status` says of a statement that is about to end, or that says something else than
  /// links show.
  package func statementFindings() throws -> [Finding] {
    guard let publication = StatementPublication(self) else { return [] }
    let renewing = "Renew it with: " + commands.commandLine("mirrors lists \(policy.major)")
    let name = publication.name
    let need: StatementPublication.Need?
    do {
      need = try publication.need()
    } catch let error as ComposeError where error.kind != .interrupted {
      return [
        Finding(
          code: "statement-unknown", message: "\(error.thing): \(error.cause)",
          remedy: error.remedy)
      ]
    }
    guard let need else { return [] }
    if need == .due {
      guard let statement = try publication.newest() else { return [] }
      let left = statement.validUntil.subtractingClamped(time.now)
      // Whoever renews it as often as that has nothing to do yet.
      guard left < (statement.validUntil - statement.written) / 4 else { return [] }
      return [
        Finding(
          code: left <= 0 ? "statement-expired" : "statement-expires",
          message: "\(name), by which users see what is current, "
            + (left <= 0 ? "was valid until " : "is valid until ")
            + "\(Moment(statement.validUntil))", remedy: renewing)
      ]
    }
    return [
      Finding(
        code: "statement-owed",
        message: "\(name), by which users see what is current, must be written anew: \(need.words)",
        remedy: renewing)
    ]
  }
}
