import DurableFiles
package import ReleaseModel

extension DocumentSigner {
  /// Throws what would keep it from signing, as far as that is known without signing: the
  /// program is not there, or the public key cannot be used.
  ///
  /// Throws `noInput` for what is not there, `badData` for a file without a usable key.
  package func requireReady() throws {
    guard hasProgram else { throw missingProgram }
    _ = try verifier()
  }

  /// The same for a plan: a warning for each.
  package var concerns: [Finding] {
    do {
      try requireReady()
      return []
    } catch {
      let error = error as? ComposeError
      return [
        Finding(
          code: "cannot-sign",
          message:
            "repomd.xml cannot be signed: \(error.map { "\($0.thing): \($0.cause)" } ?? "\(error as Any)")",
          remedy: error?.remedy ?? "Correct 'signing.metadata' in the policy")
      ]
    }
  }
}
