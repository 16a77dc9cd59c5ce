import Foundation
package import ReleaseModel

/// What a command has to say: one value, two forms.
package protocol Report: Sendable {
  /// For people; ends with a newline, or is empty.
  func text(_ style: TextStyle) -> String

  /// For programs: the value whose keys are the command's contract.
  var value: any Encodable { get throws }
}

extension Report where Self: Encodable {
  /// A report that is its own JSON.
  package var value: any Encodable { self }
}

extension Report {
  /// JSON with sorted keys and a newline at its end, which any terminal can show.
  ///
  /// - Parameter places: what command lines in findings are to name.
  package func json(naming places: CommandPlaces = CommandPlaces()) throws -> [UInt8] {
    let encoder = JSONEncoder()
    if let key = CommandPlaces.key { encoder.userInfo[key] = places }
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let json = String(decoding: try encoder.encode(ErasedValue(base: value)), as: UTF8.self)
    return Array(json.jsonWithoutHidden.utf8) + [0x0A]
  }
}

private struct ErasedValue: Encodable {
  let base: any Encodable

  func encode(to encoder: any Encoder) throws { try base.encode(to: encoder) }
}
