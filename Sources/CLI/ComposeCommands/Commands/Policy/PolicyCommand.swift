import ArgumentParser
import ComposePolicy
import ComposeReports
import Foundation
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
      let context = Context(global)
      var worst: ComposeError?
      let results = try files.flatMap(PolicySet.files).map { file -> PolicyCheckReport.File in
        do {
          let policy = try Policy(file: file)
          return .init(
            file: file, stream: policy.stream, problem: nil,
            warnings: policy.concerns + (try context.keyFindings(policy, of: file)))
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
      // What one directory cannot have together, every other command refuses.
      var together: ComposeError?
      for directory in files where Self.isDirectory(directory) {
        do {
          _ = try PolicySet(directory: directory)
        } catch let error as ComposeError {
          together = together ?? error
        }
      }
      try context.render(PolicyCheckReport(files: results))
      if worst == nil, let together { throw together }
      if let worst {
        throw Self.refusal(results.filter { $0.problem != nil }.map(\.file), as: worst.kind)
      }
    }

    private static func isDirectory(_ path: String) -> Bool {
      var isDirectory: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        && isDirectory.boolValue
    }

    /// The error that ends it; the report has said the details.
    ///
    /// - Parameter files: those that are not valid.
    private static func refusal(
      _ files: [String], as kind: ComposeError.Kind
    ) -> ComposeError {
      let isOne = files.count == 1
      return ComposeError(
        kind, isOne ? files[0].sanitizedForDisplay : "policy check",
        isOne
          ? "it is no valid policy"
          : "\(files.count.grouped) policies are not valid: "
            + files.map(\.sanitizedForDisplay).joined(separator: ", "),
        remedy: "Mend what the report says of \(isOne ? "it" : "each"), then check again")
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
