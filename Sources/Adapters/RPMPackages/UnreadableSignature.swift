/// Why a signature cannot be read.
package struct UnreadableSignature: Hashable, Sendable, Error {
  /// A clause about the RPM, such as `its signature is no OpenPGP packet`.
  package let cause: String
  /// Whether rpm refuses the RPM for it, whatever keys it has; else rpm takes no notice
  /// of the signature.
  package let isBroken: Bool

  /// - Parameter cause: a clause about the RPM.
  package init(_ cause: String, isBroken: Bool) {
    self.cause = cause
    self.isBroken = isBroken
  }
}
