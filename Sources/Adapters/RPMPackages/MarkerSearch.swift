import CRPM
import ReleaseModel

/// Finds what retires a package among the files of an RPM.
struct MarkerSearch {
  private let files: FileTable?
  private let documented: [Int]
  /// Paths that match the pattern and are no markers: what is not %doc, directories
  /// (with a slash at the end), and all of a source RPM.
  let undocumented: [String]

  init(_ header: Header, isSource: Bool, _ pattern: GlobPattern) {
    let files = FileTable(header)
    self.files = files
    guard let files else {
      (documented, undocumented) = ([], [])
      return
    }
    let candidates = (0..<files.count).filter { index in
      files.kind(index) != .other && pattern.matches(files.baseName(index))
    }
    documented = candidates.filter { index in
      !isSource && files.isDocumentation(index) && files.kind(index) != .directory
    }
    let markers = Set(documented)
    undocumented = candidates.filter { !markers.contains($0) }.map { index in
      files.path(index) + (files.kind(index) == .directory ? "/" : "")
    }.sorted()
  }

  /// Of several, the first with a text by its path; nil where there is none.
  func marker(from descriptor: Int32, at payload: Int) -> RetirementMarker? {
    guard let files, !documented.isEmpty else { return nil }
    let found = PayloadText.read(documented, of: files, from: descriptor, at: payload)
    let markers = documented.map { index in
      RetirementMarker(
        path: files.path(index), text: found[index]?.text ?? "", problem: found[index]?.problem)
    }.sorted { $0.path < $1.path }
    return markers.first { !$0.text.isEmpty } ?? markers.first
  }
}
