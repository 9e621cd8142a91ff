package import Records
package import Releases
package import Time

extension Wording {
  /// The fact that a moment is; a time that no record holds is said to be missing, never made up.
  package func fact(_ name: Sentence, _ time: Timestamp?) -> Fact { Fact(name, moment(time)) }

  /// A moment in the long form, else `not recorded`.
  package func moment(_ time: Timestamp?) -> Sentence { long(time).map { "\($0)" } ?? "not recorded" }

  /// The short form of a commit, leading to it where the configuration says how.
  package func commit(_ sha: String) -> LinkText {
    let isPlain = sha.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
        true
      default: false
      }
    }
    let pattern = isPlain ? catalog.configuration.links.commit : nil
    return LinkText(text: Format.shortSHA(sha), to: (pattern?.replacing("{sha}", with: sha)).map(Destination.outside))
  }

  /// `9f31c0a` and the first line of its message.
  package func fact(commit change: Change) -> Fact {
    let subject = Words.subject(change.message)
    return Fact("Commit", subject.map { "\($0)" } ?? "", code: commit(change.sha))
  }

  /// An address outside of the site; nil without one. `before`: our own words within the link.
  package func outside(_ text: String, _ url: String?, before: Sentence = "") -> LinkText? {
    url.map { LinkText(text: text, to: .outside($0), before: before) }
  }

  /// A link whose words are our own.
  package func own(_ words: Sentence, _ destination: Destination?) -> LinkText {
    LinkText(text: "", to: destination, before: words)
  }
}

extension Wording {
  /// Where it is developed, and how much is known of it.
  package func facts(of service: Service) -> [Fact] {
    var facts: [Fact] = []
    if let group = service.group { facts.append(Fact("Group", "\(group)")) }
    if let link = outside(service.repository ?? "", service.repository) {
      facts.append(Fact("Repository", "\(link)"))
    }
    facts.append(Fact("Releases", "\(service.releases.count { !$0.isUnreleased })"))
    facts.append(Fact("Runs\(context: "how many")", "\(service.runs.count)"))
    facts.append(Fact("Deployments", "\(service.deployments.count)"))
    return facts
  }

  /// `run 912`.
  package func run(_ service: Int, _ index: Int) -> LinkText {
    LinkText(text: catalog.services[service].runs[index].record.name, to: .run(service: service, index), before: "run ")
  }
}
