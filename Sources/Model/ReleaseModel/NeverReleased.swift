/// Objects whose release takes a thread of libdispatch: connections to databases have
/// a queue, and its end is work for another thread. Where the system gives none,
/// libdispatch waits for one without end. So a process, which has few of them and
/// does not live long, closes and keeps them.
package enum NeverReleased {
  /// Keeps `object` as long as the process lives.
  package static func keep<Value: AnyObject>(_ object: Value) -> Value {
    _ = Unmanaged.passRetained(object)
    return object
  }
}
