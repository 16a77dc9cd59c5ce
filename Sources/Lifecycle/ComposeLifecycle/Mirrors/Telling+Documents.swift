import ReleaseLedger
import ReleaseModel

extension Telling {
  /// What is written for others than rsync mirrors, once the lists have their names: files
  /// below the state root, each replaced by a rename, so that it can be repeated.
  func writeDocuments() throws {
    let since = try stream.owedModules().compactMap(\.owedSince).min()
    try MirrorFiles(stream)?.write(handingOverSince: since)
  }
}
