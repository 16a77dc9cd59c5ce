import ReleaseModel

extension HeaderCache {
  /// What is not in the file yet.
  struct Pending {
    struct Key: Hashable {
      let kind: Kind
      let key: Checksum
    }

    var files: [FileIdentity.Inode: (identity: FileIdentity, sha256: Checksum)] = [:]
    /// In the order in which they came, so that what is read together lies
    /// together.
    private(set) var contents: [(name: Key, bytes: [UInt8])] = []
    private var places: [Key: Int] = [:]
    /// Rows that were used for the first time today.
    var touched: [Int64] = []
    private(set) var bytes = 0

    var isEmpty: Bool { files.isEmpty && contents.isEmpty && touched.isEmpty }

    func kept(_ name: Key) -> [UInt8]? { places[name].map { contents[$0].bytes } }

    mutating func keep(_ bytes: [UInt8], _ name: Key) {
      self.bytes += bytes.count + 200
      if let place = places[name] {
        contents[place].bytes = bytes
      } else {
        places[name] = contents.count
        contents.append((name, bytes))
      }
    }
  }
}
