/// What a push into an updates tree is.
package enum PushKind: String, Hashable, Codable, Sendable {
  /// New builds of the live tag.
  case update
  /// Builds are taken out.
  case withdrawal
  /// An earlier push is taken back.
  case undo
}
