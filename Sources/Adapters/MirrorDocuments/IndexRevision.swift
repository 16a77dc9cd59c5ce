import ReleaseModel

/// The `<revision>` of a repomd.xml that anybody may have written.
package enum IndexRevision {
  /// Nil where it has none that is a number of ours.
  package static func number(in repomd: [UInt8]) -> Int? {
    let head = String(decoding: repomd.prefix(1 << 16), as: UTF8.self)
    guard let match = head.firstMatch(of: /<revision>\s*([0-9]{1,16})\s*<\/revision>/),
      let number = Int(match.output.1), NumberFromOutside.counts.contains(number)
    else { return nil }
    return number
  }
}
