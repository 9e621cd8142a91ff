/// What is said of a catalog, and in which words: sentences, the word and the shape of a state, numbers and times as they read, what a
/// link leads to.
///
/// **In:** the catalog, by its rules in Releases. **Out:** values that every page, feed, file and command writes in its own way: a
/// `Sentence`, a `Fact`, a `Mark`, a `LinkText`.
///
/// ```swift
/// let since: Sentence = "live since \(TimeText(time, .long(civil)))"
/// let link = LinkText(text: "2.10.0", to: .release(service: 0, 4))
/// "\(link) is \(since)".plain  // "2.10.0 is live since Thu 26 Mar 2026 10:31"
/// ```
///
/// **Never here:** markup, JSON, the path of a page or file, the form of a template. Of the Template room it uses the `Phrasebook` alone.
