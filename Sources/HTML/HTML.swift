/// What is said, for people: the pages, each as a model that a template takes.
///
/// **In:** an `Edition`, an `HTMLPage` and a `Theme`. **Out:** bytes.
///
/// ```swift
/// theme.render(.service(0), at: "services/shop.html", of: edition, into: &output)
/// ```
///
/// A kind of page is a file with its model and the name of its template, a line in `Theme.pages` and a case in `Theme.model`.
///
/// **Never here:** a judgement, a sentence that another room says too, markup put together from strings, JSON.
