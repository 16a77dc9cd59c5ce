package import ReleaseModel

/// What an RPM file says of itself, and what was found to hold: all that does
/// not depend on where the file lies. It can be kept, and evaluated again with other
/// keys.
package struct VerifiedRPM: Hashable, Sendable {
  /// From the header.
  package var nevra: NEVRA
  /// File name of the source RPM; nil for a source RPM.
  package var sourceRPM: String?
  /// Bytes.
  package var size: Int
  /// Of the whole file.
  package var sha256: Checksum
  /// Seconds since 1970.
  package var buildTime: Int
  /// Nil where it is not signed.
  package var signing: RPMSigning?
  /// Pattern that markers were looked for by.
  package var markerPattern: String
  /// Nil where no %doc file matches `markerPattern`.
  package var marker: RetirementMarker?
  /// Paths that match the pattern but are not %doc.
  package var undocumentedMarkers: [String]
  /// Whether its header has a ModularityLabel.
  package var isModular: Bool
  /// `ExclusiveArch` and `ExcludeArch` of its own header.
  package var limits: ArchitectureLimits
  /// MD5 of header and payload, as hexadecimal digits; nil where it has none.
  package var payloadHash: String?
  /// Texts that metadata cannot hold, as whoever makes metadata found them.
  package var unlistable: [UnlistableText]

  /// Fields as the reader, or the header cache, has them.
  package init(
    nevra: NEVRA, sourceRPM: String?, size: Int, sha256: Checksum, buildTime: Int,
    signing: RPMSigning?, markerPattern: String, marker: RetirementMarker?,
    undocumentedMarkers: [String], isModular: Bool = false,
    limits: ArchitectureLimits = .none, payloadHash: String? = nil,
    unlistable: [UnlistableText] = []
  ) {
    self.nevra = nevra
    self.sourceRPM = sourceRPM
    self.size = size
    self.sha256 = sha256
    self.buildTime = buildTime
    self.signing = signing
    self.markerPattern = markerPattern
    self.marker = marker
    self.undocumentedMarkers = undocumentedMarkers
    self.isModular = isModular
    self.limits = limits
    self.payloadHash = payloadHash
    self.unlistable = unlistable
  }
}

/// What is known of an RPM's signatures without any key, and by which key they
/// were verified.
package struct RPMSigning: Hashable, Sendable {
  /// The key that made the header-only signature, else the old one over
  /// header and payload.
  package let keyID: String
  /// The weakest hash of all signatures, such as `sha256`.
  package let hash: String
  /// Whether the payload is covered: by a signature, or by a digest in the
  /// signed header.
  package let coversPayload: Bool
  /// What identifies the key that the signatures were verified with; nil where
  /// none of the keys at hand would have counted.
  package var verifiedWith: Checksum?

  /// `verifiedWith` is set once a key at hand has verified the signatures.
  package init(
    keyID: String, hash: String, coversPayload: Bool, verifiedWith: Checksum? = nil
  ) {
    self.keyID = keyID
    self.hash = hash
    self.coversPayload = coversPayload
    self.verifiedWith = verifiedWith
  }
}
