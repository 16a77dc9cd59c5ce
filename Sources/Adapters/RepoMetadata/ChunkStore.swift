package import ReleaseModel

/// Keeps compressed parts of documents from one run to the next. What it does
/// not have is made again, which only takes longer.
package protocol ChunkStore: Sendable {
  /// What was kept as each key; nil for what is not there.
  func chunks(_ keys: [Checksum]) -> [[UInt8]?]
  /// Keeps a compressed chunk; may fail silently, it only costs time later.
  func keep(_ chunk: [UInt8], as key: Checksum)
}
