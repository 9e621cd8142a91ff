import Documents
import Markdown

extension RenderedMarkdown {
  var html: [UInt8] { Array(fragment.description.utf8) }
}
