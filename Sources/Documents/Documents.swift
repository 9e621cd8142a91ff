/// Bytes to values that know their place, and back: JSON, JSON Lines and YAML in, JSON out; escaping, slugs and digests that every
/// written form shares; a `Fragment` of markup with holes that the page fills.
///
/// **In:** a `Source`. **Out:** `Node`s with positions, and a diagnostic for each value that was lost.
///
/// ```swift
/// let parsed = readJSON(Source(file: "a.json", bytes: Array(#"{"id": 7}"#.utf8)))
/// parsed.value[0]["id"]?.position  // 1:8
/// Slug.of("Größe 2.1/x")  // the name of a file that no other text has
/// ```
///
/// **Never here:** what a value means: no run, release or provider is known. Libyaml and libmd are seen in one file each.
