import ComposeReports
import ComposeStream

/// Operations write what is made from templates.
extension ReleaseDocuments: TemplateRendering {}
