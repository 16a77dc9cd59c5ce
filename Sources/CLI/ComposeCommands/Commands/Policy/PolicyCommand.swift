import ArgumentParser
import ComposePolicy
import ComposeReports
import ReleaseModel

struct PolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Begin, validate or show policies.",
    subcommands: [Check.self, Show.self, PolicyNewCommand.self])

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Validate policy files.")

    @Argument(
      help: "Policy files, or directories of them.", completion: .file(extensions: ["yaml", "yml"]))
    var files: [String]

    @OptionGroup var global: GlobalOptions

    func run() async throws {
      var worst: ComposeError?
      let results = try files.flatMap(PolicySet.files).map { file -> PolicyCheckReport.File in
        do {
          let policy = try Policy(file: file)
          return .init(file: file, stream: policy.stream, problem: nil, warnings: policy.concerns)
        } catch let error as ComposeError {
          worst = worst ?? error
          return .init(file: file, stream: nil, problem: Finding(error), warnings: [])
        } catch {
          let failure = ComposeError(
            .failed, file, "\(error)", remedy: "Look at the file, then try again")
          worst = worst ?? failure
          return .init(file: file, stream: nil, problem: Finding(failure), warnings: [])
        }
      }
      try Context(global).render(PolicyCheckReport(files: results))
      if let worst { throw worst }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Print a policy with defaults filled in.")

    @Argument(help: "The major version, such as 7, or the name of the stream.")
    var stream: StreamArgument

    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let context = Context(global)
      let entry = try stream.policy(context)
      try context.render(PolicyShowReport(file: entry.file, policy: entry.policy.yaml()))
    }
  }
}

extension Finding {
  fileprivate init(_ error: ComposeError) {
    self.init(
      code: "invalid-policy", message: "\(error.thing): \(error.cause)", remedy: error.remedy)
  }
}
