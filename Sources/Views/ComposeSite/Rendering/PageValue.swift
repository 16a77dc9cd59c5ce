import Mustache
import ReleaseModel

/// A value as templates see it: its stored properties by name, each text of
/// them fit for a page. Templates are handed nothing else, so that no text
/// gets past ``Swift/String/pageText``.
struct PageValue: MustacheParent {
  /// Read once: templates ask for the same again and again.
  private let properties: [String: Any]

  init(_ value: Any) {
    self.init(Mirror(reflecting: value))
  }

  private init(_ mirror: Mirror) {
    var properties: [String: Any] = [:]
    for child in mirror.children {
      guard let label = child.label else { continue }
      // The storage of a property wrapper has its name with an underscore.
      if label.utf8.first == UInt8(ascii: "_"), let wrapper = child.value as? any Wrapping {
        properties[String(label.dropFirst())] = wrapper.wrapped.map(Self.shown) ?? Absent()
      } else {
        properties[label] = Self.shown(child.value)
      }
    }
    self.properties = properties
  }

  func child(named name: String) -> Any? { properties[name] }

  private static func shown(_ value: Any) -> Any {
    switch value {
    case let text as String: return text.pageText
    case let nvr as NVR: return nvr.description.pageText
    case let number as Int: return number
    case let flag as Bool: return flag
    default: break
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .collection: return mirror.children.map { shown($0.value) }
    case .optional: return mirror.children.first.map { shown($0.value) } ?? Absent()
    case .enum: return (value as? any RawRepresentable<String>)?.rawValue ?? "\(value)".pageText
    default: return PageValue(mirror)
    }
  }
}

/// A property that has no value. With nil, Mustache would go on to look for
/// one of that name in the values around it.
private struct Absent: MustacheCustomRenderable {
  let isNull = true
  let renderText = ""
}

private protocol Wrapping {
  var wrapped: Any? { get }
}

extension OrNull: Wrapping {
  fileprivate var wrapped: Any? { wrappedValue }
}
