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
  /// Paths that match the pattern but are no markers; see ``RPMFile``.
  package var undocumentedMarkers: [String]
  /// Whether its header has a ModularityLabel.
  package var isModular: Bool
  /// The stream that the label names, as `module:stream`; nil where it names none.
  package var moduleStream: String?
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
    undocumentedMarkers: [String], isModular: Bool = false, moduleStream: String? = nil,
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
    self.moduleStream = moduleStream
    self.limits = limits
    self.payloadHash = payloadHash
    self.unlistable = unlistable
  }
}

/// What is known of an RPM's signatures without any key, and by which keys they
/// were verified.
package struct RPMSigning: Hashable, Sendable {
  /// One signature that can be read.
  package struct Signature: Hashable, Sendable {
    /// The key that it says made it: 16 lower-case hexadecimal digits.
    package let keyID: String
    /// Such as `sha256`.
    package let hash: String

    /// Fields as the packet has them.
    package init(keyID: String, hash: String) {
      self.keyID = keyID
      self.hash = hash
    }
  }

  /// Those of the header first, then those over header and payload.
  package var signatures: [Signature]
  /// Whether the payload is covered: by a signature, or by a digest in the
  /// signed header.
  package var coversPayload: Bool
  /// Why one of its signatures cannot be read; nil where all can.
  package var unreadable: UnreadableSignature?
  /// What identifies the keys that the signatures were verified with; nil where
  /// not all of them are at hand, or one would not have counted.
  package var verifiedWith: Checksum?

  /// `verifiedWith` is set once keys at hand have verified the signatures.
  package init(
    signatures: [Signature], coversPayload: Bool, unreadable: UnreadableSignature? = nil,
    verifiedWith: Checksum? = nil
  ) {
    self.signatures = signatures
    self.coversPayload = coversPayload
    self.unreadable = unreadable
    self.verifiedWith = verifiedWith
  }

  /// The weakest hash of all; nil where none can be read.
  package var hash: String? {
    signatures.map(\.hash).min { Self.strength($0) < Self.strength($1) }
  }

  private static func strength(_ hash: String) -> Int {
    ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"].firstIndex(of: hash) ?? -1
  }
}
