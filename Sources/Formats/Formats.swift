/// What is said, for programs and plain readers: the JSON interface (api.md), feeds, CSV, badges, calendar, sitemap, search, plain text
/// and Markdown for terminals and jobs.
///
/// **In:** an `Edition` and a `MachineFile`. **Out:** bytes.
///
/// ```swift
/// MachinePages(edition).render(.badge(service: 0, environment: 1), at: path, into: &output)
/// ```
///
/// **Never here:** a judgement or a sentence that a page has too (Releases and Report have them), a page of HTML.
