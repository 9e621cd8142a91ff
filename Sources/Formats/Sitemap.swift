import Plan
import Records
import Releases

/// sitemaps.org allows so many addresses in one file; the pages of runs and deployments give way first.
private let sitemapLimit = 50_000

func writeSitemap(_ edition: Edition, into output: inout [UInt8]) {
  let base = edition.catalog.configuration.site.url ?? ""
  let pages = edition.map.plans.filter { $0.path.hasSuffix(".html") && $0.page != .html(.notFound) }
  let main = pages.filter { $0.page.kind != .run && $0.page.kind != .deployment }
  let listed = pages.count <= sitemapLimit ? pages : Array(main.prefix(sitemapLimit))
  var xml = XMLWriter(into: output)
  output = []
  xml.markup("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
  for plan in listed {
    xml.markup("<url>")
    xml.element("loc", base + (plan.page == .html(.dashboard) ? "" : plan.path))
    xml.markup("</url>\n")
  }
  xml.markup("</urlset>\n")
  output = xml.bytes
}

func writeRobots(_ edition: Edition, into output: inout [UInt8]) {
  output += "User-agent: *\nAllow: /\n".utf8
  if let url = edition.catalog.configuration.site.url { output += "Sitemap: \(url)sitemap.xml\n".utf8 }
}
