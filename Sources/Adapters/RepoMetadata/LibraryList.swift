import CCreaterepo

/// Hands each item of a list of libcreaterepo_c to `body`.
func forEachItem<Item>(
  _ list: UnsafeMutablePointer<GSList>?, of type: Item.Type, _ body: (Item) -> Void
) {
  var node = list
  while let current = node {
    if let item = current.pointee.data?.assumingMemoryBound(to: Item.self) { body(item.pointee) }
    node = current.pointee.next
  }
}
