/// What a CI system answers, or leaves in the variables of a job, to records.
///
/// **In:** files of answers, each by itself, in any order. **Out:** pieces, which the join (`Joining`) makes one `RecordSet` of: runs with
/// their steps, deployments and gates, lone deployments, incidents; an account in which every object of every file is found.
///
/// ```swift
/// let file = readRecords(source)  // one file; the provider is found by the shape of its objects
/// let set = joinRecords([file])
/// ```
///
/// A provider is a folder and a line in `Format.all`: what it answers is recognised, read and, where it alone needs that, joined at named
/// moments (`Format.joining`) by its own files.
///
/// **Never here:** the name of a provider outside of its folder, a request over the network, what a page shows.
