/// What one RPM file says of itself, read and verified once.
///
/// Immutable. It is a class because a command passes tens of thousands of them
/// around, and copying a struct of a dozen fields would count a reference for
/// each field.
package final class RPMFile: Sendable {
  /// Into which repository of a tree an RPM goes.
  package enum Kind: String, Codable, Sendable {
    /// The words of productmd's `category` in rpms.json.
    case binary, debug, source
  }

  /// Absolute path of the file where the build system has it.
  package let path: String
  /// From the header, not from the file's name.
  package let nevra: NEVRA
  /// File name of the source RPM that it was built from; nil for a source RPM.
  package let sourceRPM: String?
  /// Bytes.
  package let size: Int
  /// Of the whole file, as the reader saw it.
  package let sha256: Checksum
  /// Seconds since 1970, from the header.
  package let buildTime: Int
  /// What the policy's keys say of it.
  package let signature: RPMSignature
  /// The weakest hash of its signatures, such as `sha256`; nil where it has
  /// none.
  package let signatureHash: String?
  /// MD5 of header and payload, as hexadecimal digits: what a hub calls
  /// `payloadhash`. The same whoever signed the RPM; nil where it has none, and
  /// in plan files.
  package let payloadHash: String?
  /// What retires the package; nil where the RPM has no marker.
  package let marker: RetirementMarker?
  /// Paths in the RPM that match the marker's pattern but are no markers: what is not
  /// %doc, directories (with a slash at the end), and all of a source RPM.
  package let undocumentedMarkers: [String]
  /// Whether it belongs to a module: its header has a ModularityLabel.
  package let isModular: Bool
  /// The stream that its ModularityLabel names, as `module:stream`; nil where it has no
  /// label, and in plan files of earlier versions.
  package let moduleStream: String?
  /// Where it is offered, if it is `noarch`: of a source RPM what its header
  /// says, of another what its ``Build`` says.
  package let limits: ArchitectureLimits
  /// What the file was like when its contents were known to be these: whoever
  /// still finds it so need not ask again. Nil where it has just changed, or is
  /// from a plan file; not among the fields that make two equal.
  package let seenAs: FileIdentity?
  /// Texts of its header that metadata cannot hold: nearly always none. Not in plan
  /// files, since no plan with such an RPM can be carried out.
  package let unlistable: [UnlistableText]

  /// ``NEVRA/fileName`` and ``NEVRA/location``, which are asked for again and
  /// again.
  package let fileName: String
  private let knownLocation: RelativePath?
  /// By the name, as Koji and Pungi recognise debug RPMs.
  package let kind: Kind

  /// - Parameters:
  ///   - path: absolute.
  ///   - sourceRPM: nil for a source RPM.
  ///   - buildTime: seconds since 1970.
  ///   - seenAs: nil where nobody can say what the file was like.
  package init(
    path: String, nevra: NEVRA, sourceRPM: String?, size: Int, sha256: Checksum, buildTime: Int,
    signature: RPMSignature, signatureHash: String? = nil, marker: RetirementMarker?,
    undocumentedMarkers: [String], isModular: Bool = false, moduleStream: String? = nil,
    limits: ArchitectureLimits = .none, payloadHash: String? = nil,
    seenAs: FileIdentity? = nil, unlistable: [UnlistableText] = []
  ) {
    self.path = path
    self.nevra = nevra
    self.sourceRPM = sourceRPM
    self.size = size
    self.sha256 = sha256
    self.buildTime = buildTime
    self.signature = signature
    self.signatureHash = signatureHash
    self.marker = marker
    self.undocumentedMarkers = undocumentedMarkers
    self.isModular = isModular
    self.moduleStream = moduleStream
    self.limits = limits
    self.payloadHash = payloadHash
    self.seenAs = seenAs
    self.unlistable = unlistable
    fileName = nevra.fileName
    knownLocation = nevra.location(of: fileName)
    kind = Self.kind(of: nevra)
  }

  /// Path of the RPM below its repository; see ``NEVRA/location``.
  package var location: RelativePath {
    get throws { try knownLocation ?? nevra.location }
  }

  /// NVR of the build that it is from; nil where it does not say.
  package var build: NVR? { NVR(sourceRPM: kind == .source ? fileName : sourceRPM ?? "") }

  /// Name of the source package that it is from.
  package var package: String {
    sourceRPM.flatMap { NVR(sourceRPM: $0)?.name } ?? nevra.name
  }

  /// Whether users of `arch` can install it, if a release has it.
  package func isOffered(on arch: Architecture) -> Bool {
    nevra.arch == arch || (nevra.arch == .noarch && limits.allow(arch))
  }

  /// The same with other limits.
  package func limited(to limits: ArchitectureLimits) -> RPMFile {
    RPMFile(
      path: path, nevra: nevra, sourceRPM: sourceRPM, size: size, sha256: sha256,
      buildTime: buildTime, signature: signature, signatureHash: signatureHash, marker: marker,
      undocumentedMarkers: undocumentedMarkers, isModular: isModular,
      moduleStream: moduleStream, limits: limits,
      payloadHash: payloadHash, seenAs: seenAs, unlistable: unlistable)
  }

  /// What an RPM of this name is for.
  package static func kind(of nevra: NEVRA) -> Kind {
    if nevra.arch.isSource { return .source }
    let name = nevra.name
    if name.hasSuffix("-debuginfo") || name.hasSuffix("-debugsource") { return .debug }
    return name.utf8.contains(subsequence: "-debuginfo-".utf8) ? .debug : .binary
  }
}

extension RPMFile: Codable {
  private enum CodingKeys: String, CodingKey {
    case path, nevra, sourceRPM, size, sha256, buildTime, signature, signatureHash, marker
    case undocumentedMarkers, isModular, moduleStream, limits
  }

  /// From the form in which plan files keep it.
  package convenience init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      path: try fields.decode(String.self, forKey: .path),
      nevra: try fields.decode(NEVRA.self, forKey: .nevra),
      sourceRPM: try fields.decodeIfPresent(String.self, forKey: .sourceRPM),
      size: try fields.decode(Int.self, forKey: .size),
      sha256: try fields.decode(Checksum.self, forKey: .sha256),
      buildTime: try fields.decode(Int.self, forKey: .buildTime),
      signature: try fields.decode(RPMSignature.self, forKey: .signature),
      signatureHash: try fields.decodeIfPresent(String.self, forKey: .signatureHash),
      marker: try fields.decodeIfPresent(RetirementMarker.self, forKey: .marker),
      undocumentedMarkers: try fields.decode([String].self, forKey: .undocumentedMarkers),
      isModular: try fields.decodeIfPresent(Bool.self, forKey: .isModular) ?? false,
      moduleStream: try fields.decodeIfPresent(String.self, forKey: .moduleStream),
      limits: try fields.decodeIfPresent(ArchitectureLimits.self, forKey: .limits) ?? .none)
  }

  /// As plan files keep it; `isModular` only where it is true, `limits` only
  /// where there are some.
  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(path, forKey: .path)
    try fields.encode(nevra, forKey: .nevra)
    try fields.encodeIfPresent(sourceRPM, forKey: .sourceRPM)
    try fields.encode(size, forKey: .size)
    try fields.encode(sha256, forKey: .sha256)
    try fields.encode(buildTime, forKey: .buildTime)
    try fields.encode(signature, forKey: .signature)
    try fields.encodeIfPresent(signatureHash, forKey: .signatureHash)
    try fields.encodeIfPresent(marker, forKey: .marker)
    try fields.encode(undocumentedMarkers, forKey: .undocumentedMarkers)
    // Hardly any RPM is.
    if isModular { try fields.encode(isModular, forKey: .isModular) }
    try fields.encodeIfPresent(moduleStream, forKey: .moduleStream)
    if limits != .none { try fields.encode(limits, forKey: .limits) }
  }
}

extension RPMFile: Hashable {
  /// Equal when every field is, the path included.
  package static func == (lhs: RPMFile, rhs: RPMFile) -> Bool {
    lhs === rhs
      || (lhs.sha256 == rhs.sha256 && lhs.path == rhs.path && lhs.nevra == rhs.nevra
        && lhs.sourceRPM == rhs.sourceRPM && lhs.size == rhs.size
        && lhs.buildTime == rhs.buildTime && lhs.signature == rhs.signature
        && lhs.signatureHash == rhs.signatureHash && lhs.marker == rhs.marker
        && lhs.undocumentedMarkers == rhs.undocumentedMarkers && lhs.isModular == rhs.isModular
        && lhs.moduleStream == rhs.moduleStream
        && lhs.limits == rhs.limits)
  }

  /// By the SHA-256 of the file alone.
  package func hash(into hasher: inout Hasher) { hasher.combine(sha256) }
}

/// Who signed an RPM, as far as the policy's keys can tell.
package enum RPMSignature: Hashable, Codable, Sendable {
  /// It has no signature at all.
  case unsigned
  /// By a key of the policy; the last 16 hexadecimal digits of its id.
  case trusted(keyID: String)
  /// By some other key.
  case unknownKey(keyID: String)
  /// By a key of the policy whose time was over when the RPM was read; since
  /// when, seconds since 1970.
  case expiredKey(keyID: String, since: Int)
  /// By a key of the policy that was revoked.
  case revokedKey(keyID: String)
  /// By a key of the policy whose signatures the stream's oldest clients do not verify;
  /// `cause` is a clause about the key.
  case unverifiable(keyID: String, cause: String)
  /// By a key of the policy, but over the header alone, which says nothing of
  /// the payload.
  case headerOnly(keyID: String)
  /// It has one, or several, and one cannot be read: whether it is good nobody can
  /// say. `cause` is a clause about the RPM; `isBroken` tells whether rpm refuses the RPM
  /// for it, whatever keys it has: else rpm takes no notice of the signature.
  case unreadable(cause: String, isBroken: Bool)

  /// The key that it claims to be by.
  package var keyID: String? {
    switch self {
    case .unsigned, .unreadable: nil
    case .trusted(let id), .unknownKey(let id), .expiredKey(let id, _), .revokedKey(let id),
      .headerOnly(let id), .unverifiable(let id, _):
      id
    }
  }

  /// Whether a valid key of the policy signed header and payload.
  package var isTrusted: Bool {
    if case .trusted = self { return true }
    return false
  }
}

/// The packager's word that a package is retired: a `%doc` file whose name
/// matches the policy's pattern.
package struct RetirementMarker: Hashable, Codable, Sendable {
  /// Path of the file inside the RPM.
  package let path: String
  /// What it says; empty where the file has no text, or none that can be read.
  package let text: String
  /// Why the text cannot be read, or is not all of it: a clause. Nil where it is whole,
  /// and where only the ledger remembers the marker.
  package let problem: String?

  /// - Parameter text: as UTF-8; bytes that are not are replaced.
  package init(path: String, text: String, problem: String? = nil) {
    self.path = path
    self.text = text
    self.problem = problem
  }
}

extension String.UTF8View {
  /// Whether `other` is somewhere in it, byte for byte: much faster than the
  /// search for characters.
  fileprivate func contains(subsequence other: String.UTF8View) -> Bool {
    guard let first = other.first else { return true }
    var rest = self[...]
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: other) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
