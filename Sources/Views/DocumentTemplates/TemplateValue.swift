import Mustache
import ReleaseModel

/// A value as templates see it: its stored properties by name, each text of them as
/// the document needs it. Templates are handed nothing else, so no text gets past
/// ``DocumentForm/shown(_:)``, whether a template asks for it by `{{x}}` or by
/// `{{{x}}}`.
struct TemplateValue: MustacheParent, MustacheCustomRenderable {
  /// Read once: templates ask for the same again and again.
  private let properties: [String: Any]
  /// What stands for the value itself; empty for one that is only its properties.
  let renderText: String
  let isNull = false

  init(_ value: Any, _ form: DocumentForm) {
    self.init(Mirror(reflecting: value), of: value, form)
  }

  private init(_ mirror: Mirror, of value: Any, _ form: DocumentForm) {
    var properties: [String: Any] = [:]
    for child in mirror.children {
      guard let label = child.label else { continue }
      // The storage of a property wrapper has its name with an underscore.
      if label.utf8.first == UInt8(ascii: "_"), let wrapper = child.value as? any Wrapping {
        properties[String(label.dropFirst())] =
          wrapper.wrapped.map { Self.shown($0, form) } ?? Absent()
      } else {
        properties[label] = Self.shown(child.value, form)
      }
    }
    self.properties = properties
    renderText = (value as? any CustomStringConvertible).map { form.shown($0.description) } ?? ""
  }

  /// A property; or by `hasUpdated`, whether the property `updated` has anything in it.
  func child(named name: String) -> Any? {
    if let known = properties[name] { return known }
    let rest = name.dropFirst(Self.question.count)
    guard name.hasPrefix(Self.question), let first = rest.first, first.isUppercase else {
      return nil
    }
    return properties[first.lowercased() + rest.dropFirst()].map(Self.isThere)
  }

  private static let question = "has"

  private static func isThere(_ value: Any) -> Bool {
    switch value {
    case let list as [Any]: !list.isEmpty
    case let text as ShownText: !text.renderText.isEmpty
    case let number as Int: number != 0
    case let flag as Bool: flag
    default: !(value is Absent)
    }
  }

  private static func shown(_ value: Any, _ form: DocumentForm) -> Any {
    switch value {
    case let text as String: return ShownText(renderText: form.shown(text))
    case let number as Int: return number
    case let flag as Bool: return flag
    default: break
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .collection: return mirror.children.map { shown($0.value, form) }
    case .optional: return mirror.children.first.map { shown($0.value, form) } ?? Absent()
    case .enum:
      let text = (value as? any RawRepresentable<String>)?.rawValue ?? "\(value)"
      return ShownText(renderText: form.shown(text))
    default: return TemplateValue(mirror, of: value, form)
    }
  }
}

/// Text that stands in the document as it is.
private struct ShownText: MustacheCustomRenderable {
  let renderText: String
  let isNull = false
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
