/// The batch: reads the content folder, has it joined, planned and rendered on all cores, and publishes what changed; `record`, `import`
/// and `compact` of stored records. The only room that touches files or starts tasks.
///
/// **In:** `BuildOptions` and a folder. **Out:** a folder of files, and a `BuildResult` with everything that was found.
///
/// ```swift
/// let result = await build(BuildOptions(asOf: now, jobs: 2))
/// result.status  // .published
/// ```
///
/// **Never here:** printing, arguments, what a record means, what a page says.
