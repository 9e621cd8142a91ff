/// What is drawn: how far each release came, and how long the parts of a run took.
///
/// **In:** the catalog, seen from a page, and the steps of a run. **Out:** figures: where each area, line, sign and word stands, in per
/// cent of the width and in px, and the same as a table of sentences.
///
/// ```swift
/// let chart = TideChart(view, service: 0)
/// chart?.strips[0].drawing.lines  // a path for each look: `front`, `front-past`, `replaced`
/// ```
///
/// **Never here:** markup, the form of a template, a rule of what a release is or where it runs.
