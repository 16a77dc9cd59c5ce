import MirrorlistSnapshot

/// Documents in the form of Metalink 3, byte for byte as MirrorManager has them.
enum MetalinkText {
  /// A document of one file.
  ///
  /// - Parameters:
  ///   - details: at least one; those behind the first are alternates.
  ///   - protocols: nil where URLs are not filtered.
  static func bytes(
    file: String, details: [FileDetail], hosts: [(host: UInt32, urls: UInt32)], directory: UInt32,
    protocols: ProtocolFilter?, in snapshot: Snapshot, now: Int
  ) -> [UInt8] {
    var text = AnswerText(capacity: 4096 + hosts.count * 512)
    appendHead(&text, now: now)
    let name = file.escapedForMarkup
    text.append(" <files>\n  <file name=\"")
    text.append(name)
    text.append("\">\n")
    for (index, detail) in details.enumerated() {
      switch index {
      case 0: append(detail, indent: "   ", &text, snapshot)
      case 1:
        text.append("   <mm0:alternates>\n")
        fallthrough
      default:
        text.append("    <mm0:alternate>\n")
        append(detail, indent: "      ", &text, snapshot)
        text.append("    </mm0:alternate>\n")
      }
    }
    if details.count > 1 { text.append("   </mm0:alternates>\n") }
    text.append("   <resources maxconnections=\"1\">\n")
    append(hosts, file: name, directory: directory, protocols, &text, snapshot)
    text.append("   </resources>\n  </file>\n </files>\n</metalink>\n")
    return text.bytes
  }

  /// A document without files, with `message` in a comment.
  static func failure(_ message: String, now: Int) -> [UInt8] {
    var text = AnswerText()
    appendHead(&text, now: now)
    text.append("<!-- ")
    var before: Unicode.Scalar?
    var comment = String.UnicodeScalarView()
    for scalar in message.unicodeScalars {
      // XML has no `--` in comments.
      if scalar == "-", before == "-" { comment.append(" ") }
      comment.append(scalar.isUnspeakable && scalar != "\n" ? "?" : scalar)
      before = scalar
    }
    text.append(String(comment))
    text.append("\n-->\n</metalink>\n")
    return text.bytes
  }

  private static func appendHead(_ text: inout AnswerText, now: Int) {
    text.append(
      """
      <?xml version="1.0" encoding="utf-8"?>
      <metalink version="3.0" xmlns="http://www.metalinker.org/" type="dynamic" pubdate="
      """)
    text.append(HTTPDate.text(now))
    text.append(
      """
      " generator="mirrormanager" xmlns:mm0="http://fedorahosted.org/mirrormanager">

      """)
  }

  private static func append(
    _ detail: FileDetail, indent: StaticString, _ text: inout AnswerText, _ snapshot: Snapshot
  ) {
    if detail.timestamp != 0 {
      text.append(indent)
      text.append("<mm0:timestamp>\(detail.timestamp)</mm0:timestamp>\n" as String)
    }
    if detail.size != 0 {
      text.append(indent)
      text.append("<size>\(detail.size)</size>\n" as String)
    }
    text.append(indent)
    text.append("<verification>\n")
    let hashes: [(StaticString, Text)] = [
      ("md5", detail.md5), ("sha1", detail.sha1), ("sha256", detail.sha256),
      ("sha512", detail.sha512),
    ]
    for (type, hash) in hashes where !hash.isEmpty {
      text.append(indent)
      text.append(" <hash type=\"")
      text.append(type)
      text.append("\">")
      text.append(snapshot.string(hash).escapedForMarkup)
      text.append("</hash>\n")
    }
    text.append(indent)
    text.append("</verification>\n")
  }

  private static func append(
    _ hosts: [(host: UInt32, urls: UInt32)], file: String, directory: UInt32,
    _ protocols: ProtocolFilter?, _ text: inout AnswerText, _ snapshot: Snapshot
  ) {
    var isGlobal = [Bool](repeating: false, count: snapshot.hostCount)
    snapshot.forEachGlobalHost(of: directory) { isGlobal[Int($0)] = true }
    let subpath = snapshot.string(snapshot.subpath(of: directory)).escapedForMarkup
    var end = (subpath.isEmpty ? "/" : "/\(subpath)/") + file + "</url>\n"
    end.withUTF8 { end in
      let end = UnsafeRawBufferPointer(end)
      snapshot.withTexts { texts in
        func bytes(_ text: Text) -> UnsafeRawBufferPointer {
          UnsafeRawBufferPointer(
            rebasing: texts[Int(text.offset)..<Int(text.offset) + Int(text.count)])
        }
        var preference = 100
        for (host, list) in hosts {
          let country = bytes(snapshot.country(ofHost: host))
          let country_ =
            country.isMarkupSafe
            ? nil : snapshot.string(snapshot.country(ofHost: host)).escapedForMarkup
          for index in 0..<snapshot.urlCount(of: list) {
            let url = snapshot.url(index, of: list)
            guard !url.text.isEmpty, protocols?.keeps(url, in: snapshot) ?? true else { continue }
            text.append("    <url protocol=\"")
            text.append(bytes(url.scheme))
            text.append("\" type=\"")
            text.append(bytes(url.scheme))
            text.append("\" location=\"")
            if let country_ { text.append(country_) } else { text.append(country) }
            text.append("\" preference=\"")
            text.append(number: preference)
            text.append(isGlobal[Int(host)] ? "\">" : "\" mm0:private=\"True\">")
            text.append(bytes(url.escaped).withoutLastSlash)
            text.append(end)
          }
          preference = max(preference - 1, 1)
        }
      }
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether it can stand in an attribute as it is: letters and digits of ASCII.
  fileprivate var isMarkupSafe: Bool {
    allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
  }
}

extension AnswerText {
  /// A number from 0 to 999, in decimal digits.
  mutating func append(number: Int) {
    if number >= 100 { append(byte: UInt8(48 + number / 100 % 10)) }
    if number >= 10 { append(byte: UInt8(48 + number / 10 % 10)) }
    append(byte: UInt8(48 + number % 10))
  }
}
