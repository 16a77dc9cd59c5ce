import CCreaterepo
package import ReleaseModel

/// An advisory as updateinfo.xml lists it.
package struct ListedAdvisory: Hashable, Sendable {
  /// As clients name it, such as `FEDORA-EPEL-2024-3f1c0a9b7e`.
  package let id: String
  /// The RPMs that it names.
  package let rpms: [NEVRA]
}

/// Reads updateinfo.xml with libcreaterepo_c.
package enum UpdateinfoReader {
  /// Throws `badData` for what is no updateinfo document.
  package static func advisories(
    in document: OpenedMetadata, of file: String
  ) throws -> [ListedAdvisory] {
    guard let info = cr_updateinfo_new() else {
      throw LibCreaterepo.damaged(file, "libcreaterepo_c could not read it")
    }
    defer { withExtendedLifetime(document) { cr_updateinfo_free(info) } }
    let code = try document.withParsersPath(of: file) { place in
      try LibCreaterepo.check(file) { error -> Int32? in
        cr_xml_parse_updateinfo(place, info, nil, nil, &error)
      }
    }
    guard code == 0 else { throw LibCreaterepo.damaged(file, "it is not an updateinfo document") }
    return items(info.pointee.updates, as: cr_UpdateRecord.self).map { record in
      ListedAdvisory(
        id: text(record.id),
        rpms: items(record.collections, as: cr_UpdateCollection.self).flatMap { collection in
          items(collection.packages, as: cr_UpdateCollectionPackage.self).map(nevra)
        })
    }
  }

  private static func nevra(_ package: cr_UpdateCollectionPackage) -> NEVRA {
    NEVRA(
      name: text(package.name),
      evr: EVR(
        epoch: Int(text(package.epoch)) ?? 0, version: text(package.version),
        rpmRelease: text(package.release)),
      arch: Architecture(text(package.arch)))
  }

  private static func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }

  /// The values of one of GLib's lists.
  private static func items<Item>(
    _ list: UnsafeMutablePointer<GSList>?, as type: Item.Type
  ) -> [Item] {
    var found: [Item] = []
    var next = list
    while let node = next {
      if let item = node.pointee.data?.assumingMemoryBound(to: type) { found.append(item.pointee) }
      next = node.pointee.next
    }
    return found
  }
}
