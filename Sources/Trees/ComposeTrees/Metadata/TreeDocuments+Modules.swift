package import ComposePlanning
package import ReleaseModel
import RepoMetadata

extension TreeDocuments {
  /// What the document of modules of `arch` says; throws `badData` for what is none.
  package func modules(of arch: Architecture) throws -> ModuleDocument {
    guard let data = modules[arch.name] else { return .none }
    return try ModulesReader.document(
      in: OpenedMetadata(contents: Array(data), of: "modules"), of: "metadata.modules")
  }
}
