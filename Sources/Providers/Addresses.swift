import Records

// What addresses in payloads tell.

/// `owner/name` of a repository's address in any of the forms that Git takes: `git@host:owner/name.git`, `https://host/owner/name`,
/// `ssh://git@host:7999/owner/name.git`. Bitbucket Data Center has `scm` before the owner.
func repositoryName(_ address: String) -> String? {
  var path = Substring(address)
  if let scheme = path.firstRange(of: "://") {
    path = path[scheme.upperBound...].drop { $0 != "/" }
  } else if let colon = path.firstIndex(of: ":"), !path[..<colon].contains("/") {
    path = path[path.index(after: colon)...]
  }
  path = path.prefix { $0 != "?" && $0 != "#" }
  var parts = path.split(separator: "/")
  if parts.first == "scm", parts.count > 2 { parts.removeFirst() }
  guard var last = parts.popLast() else { return nil }
  if last.hasSuffix(".git"), last.utf8.count > 4 { last = last.dropLast(4) }
  let name = (parts + [last]).joined(separator: "/")
  return name.isBlank ? nil : name
}
