import MirrorlistSnapshot
import ReleaseModel

/// A body with a URL of each host.
struct MirrorList {
  private let snapshot: Snapshot
  /// The URL of each host that is told, with its rank.
  private let urls: [(text: Text, rank: URLRank)]
  /// What follows each.
  private let tail: String

  /// - Parameter protocols: nil where URLs are not filtered.
  init(
    hosts: [(host: UInt32, urls: UInt32)], place: Place, in snapshot: Snapshot,
    protocols: ProtocolFilter?
  ) {
    self.snapshot = snapshot
    func best(_ limit: URLRank) -> [(text: Text, rank: URLRank)] {
      hosts.compactMap { entry in
        var found: MirrorURL?
        for index in 0..<snapshot.urlCount(of: entry.urls) {
          let url = snapshot.url(index, of: entry.urls)
          guard !url.text.isEmpty, url.rank <= limit, protocols?.keeps(url, in: snapshot) ?? true
          else { continue }
          if let known = found, known.rank <= url.rank { continue }
          found = url
        }
        return found.map { ($0.text, $0.rank) }
      }
    }
    // Who names protocols gets these; others get what downloaders can use, if there is any.
    let usual = protocols == nil ? best(.ftp) : []
    urls = usual.isEmpty ? best(.other) : usual
    let subpath = snapshot.string(snapshot.subpath(of: place.directory))
    tail = ((subpath.isEmpty ? "/" : "/\(subpath)/") + place.file).percentEncodingHidden
  }

  /// Below `header`, a URL a line.
  func bytes(below header: String) -> [UInt8] {
    var text = AnswerText(
      capacity: header.utf8.count + 1
        + urls.reduce(0) { $0 + Int($1.text.count) + tail.utf8.count + 1 })
    text.append(header)
    text.append(byte: UInt8(ascii: "\n"))
    var end = tail + "\n"
    end.withUTF8 { end in
      let end = UnsafeRawBufferPointer(end)
      snapshot.withTexts { texts in
        for url in urls {
          text.append(
            UnsafeRawBufferPointer(
              rebasing: texts[Int(url.text.offset)..<Int(url.text.offset) + Int(url.text.count)]
            ).withoutLastSlash)
          text.append(end)
        }
      }
    }
    return text.bytes
  }

  /// Where a client is sent: the first URL with https, else the first with http.
  var redirect: String? {
    let found = urls.first { $0.rank == .https } ?? urls.first { $0.rank == .http }
    return found.map { url in
      let text = snapshot.string(url.text)
      return (text.hasSuffix("/") ? String(text.dropLast()) : text).percentEncodingHidden + tail
    }
  }
}

extension UnsafeRawBufferPointer {
  /// What follows begins with one.
  var withoutLastSlash: UnsafeRawBufferPointer {
    last == UInt8(ascii: "/") ? UnsafeRawBufferPointer(rebasing: dropLast()) : self
  }
}

extension String {
  /// With `%20` and the like for what a URL cannot have: it stands on a line of its own,
  /// or in a header.
  fileprivate var percentEncodingHidden: String { percentEncoded { $0 > 0x20 && $0 < 0x7F } }
}
