/// Which files a site has, what each is about, and where it stands; and how a text from outside reads from there.
///
/// **In:** a catalog, the names of assets, schemas and pictures. **Out:** a `SiteMap` (every plan, every address), an `Edition` (what all
/// pages are made of), a `Viewpoint` (addresses as they read from one page), fragments with their holes filled.
///
/// ```swift
/// let map = SiteMap.plan(catalog, assets: [], schemas: []).value
/// map.service(0)  // "services/shop.html"
/// Viewpoint(edition: edition, path: "runs/shop/7.html").address(of: .service(0))  // "../../services/shop.html"
/// ```
///
/// A kind of page is a case of `HTMLPage` or `MachineFile`, its path in `SiteMap+Paths`, its turn in `PageList`.
///
/// **Never here:** what a page shows, a template, a file of the disk.
