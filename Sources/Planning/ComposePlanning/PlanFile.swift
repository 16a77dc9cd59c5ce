import Digests
import Foundation
import ReleaseModel

/// The file form of a ``Plan``: JSON with sorted keys, one that people can
/// read and diff.
package enum PlanFile {
  /// The bytes of the file, sealed.
  package static func encode(_ plan: Plan) throws -> [UInt8] { try bytes(of: sealed(plan)) }

  private static func bytes(of plan: Plan) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let json = String(decoding: try encoder.encode(plan), as: UTF8.self)
    return Array(json.jsonWithoutHidden.utf8) + [0x0A]
  }

  /// The plan with the seal over everything in it.
  package static func sealed(_ plan: Plan) throws -> Plan {
    var plan = plan
    plan.seal = nil
    plan.seal = Checksum(of: try bytes(of: plan))
    return plan
  }

  /// Reads a plan file back.
  ///
  /// Throws `badData` where it is not a plan, was edited, or is of a form
  /// that this version does not know.
  package static func decode(_ bytes: [UInt8], file: String) throws -> Plan {
    func bad(_ cause: String, _ remedy: String) -> ComposeError {
      ComposeError(.badData, file.sanitizedForDisplay, cause, remedy: remedy)
    }
    let again = "Make it again: epel-compose plan RELEASE --output FILE"
    struct Form: Decodable { let format: Int }
    let decoder = JSONDecoder()
    guard let form = try? decoder.decode(Form.self, from: Data(bytes)) else {
      throw bad("it is not a plan file", again)
    }
    guard form.format == 2 else {
      throw bad("it has form \(form.format), which this version does not know", again)
    }
    let plan: Plan
    do {
      plan = try decoder.decode(Plan.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw bad("it is damaged: \(error.place)", again)
    }
    guard try sealed(plan).seal == plan.seal, PlanDigest.of(plan) == plan.digest else {
      throw bad("its contents do not match its seal: it was edited", again)
    }
    return plan
  }
}

extension DecodingError {
  /// Where the decoder stopped, in words.
  fileprivate var place: String {
    switch self {
    case .keyNotFound(let key, _): "the key '\(key.stringValue)' is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      "the value of '\(context.codingPath.map(\.stringValue).joined(separator: "."))' is wrong"
    @unknown default: "it cannot be decoded"
    }
  }
}
