import Diagnostics
import Documents
import Records

/// Gives every note its service, joins those that describe one version, and puts them in the order of their files.
struct NoteJoining {
  /// By number of the service, in no order yet.
  private(set) var ofService: [Int: [Located<ReleaseNote>]] = [:]
  private(set) var leftOut: [LeftOut] = []
  private(set) var errors = 0
  private(set) var diagnostics: [Diagnostic] = []

  /// A note without a service belongs to the one that its product names, else to the only one there is; with none it makes one, with
  /// several it is an error. A product's name that is another service's leads the note there.
  init(_ notes: [Located<ReleaseNote>], services: inout ServiceNames) {
    let sorted = notes.sorted(by: { $0.isBefore($1) })
    diagnostics = NearServices(services).warnings(of: sorted)
    let named = sorted.map { NoteJoining.home(of: $0.value, &services) }
    var homeless: [(note: Located<ReleaseNote>, product: String?)] = []
    var products: [String: [(note: Located<ReleaseNote>, name: String, isTold: Bool)]] = [:]
    var strays = StrayReleases()
    let chapters = ServiceChapters(sorted, homes: named, services)
    for (note, home) in zip(sorted, named) {
      if note.value.draft {
        leftOut.append(LeftOut(note, "a draft", remedy: "take draft: true out of its front matter"))
        continue
      }
      let chapter = chapters.chapter(of: note)
      let isStray = chapter.map { $0.service == nil && (home == nil && services.areSeveral || !$0.chapter.isOfAge) } ?? false
      var routed = Routing(note, home: chapter?.service ?? (isStray ? nil : home), services: services)
      if routed.service == nil, note.value.isNamedByFile, note.value.service != nil || services.only == nil {
        leaveOut(note, name: note.value.version)
        continue
      }
      if let chapter, isStray, routed.service == nil {
        strays.add(note, below: chapter.chapter)
        continue
      }
      if let chapter, chapter.service != nil { routed.note.value.story.note(.serviceOfChapter(chapter.chapter.name)) }
      let product = routed.note.value.product
      let unknown = product ?? chapters.unknownName(above: note, services)
      routed.note.value.chapters = []
      // What no service takes is told as an error of its own.
      let isTold = routed.isKnown || (routed.service == nil && services.areSeveral)
      if let product { products[note.file, default: []].append((note, product, isTold)) }
      routed.note.value.product = nil
      if let service = routed.service {
        ofService[service, default: []].append(routed.note)
      } else {
        homeless.append((routed.note, unknown))
      }
    }
    leftOut += strays.leftOut
    diagnostics += strays.warnings(services)
    settle(homeless, &services)
    for (_, list) in products.sorted(by: { $0.key < $1.key }) { warnOfProducts(list) }
  }

  /// Leaves out the notes of a service whose version nothing but the name of their file says, and no record knows. `known`: as displayed,
  /// in lower case.
  mutating func leaveOutNameless(_ service: Int, known: Set<String>) {
    let isNone = { (note: Located<ReleaseNote>) in
      note.value.isNamedByFile && !known.contains(Version.display(note.value.version ?? "").lowercased())
    }
    for note in ofService[service] ?? [] where isNone(note) { leaveOut(note, name: note.value.version) }
    ofService[service]?.removeAll(where: isNone)
  }

  private mutating func leaveOut(_ note: Located<ReleaseNote>, name: String?) {
    leftOut.append(LeftOut(note, "its name says no version, and no record knows one of that name"))
    diagnostics.append(note.diagnostic(.warning, .fileOfNoRelease(name ?? "")))
  }

  /// What a note says of its service, or its repository does.
  private static func home(of note: ReleaseNote, _ services: inout ServiceNames) -> Int? {
    if note.draft { return nil }
    if let name = note.service, !name.isEmpty {
      // What may be no release makes no service.
      if note.isNamedByFile, services.existing(named: name) == nil, !ProductNames(key: name, name: nil).areIn(note.version) {
        return nil
      }
      return services.number(named: name)
    }
    return note.repository.map { services.number(ofRepository: $0) }
  }

  private mutating func settle(
    _ homeless: [(note: Located<ReleaseNote>, product: String?)], _ services: inout ServiceNames
  ) {
    guard !homeless.isEmpty else { return }
    if services.keys.isEmpty { _ = services.number(named: ServiceNames.fallback) }
    if let only = services.only {
      ofService[only, default: []] += homeless.map { homeless in
        var note = homeless.note
        note.value.story.note(.onlyService)
        return note
      }
    } else {
      errors = homeless.count
      diagnostics += homeless.map { note, product in
        note.diagnostic(
          .error, product.map { .noteOfUnknownProduct($0, services.keys) } ?? .noteWithoutService(count: services.keys.count))
      }
    }
  }

  /// Where the headings of one file name several products, each that is no service is told once: its releases may not be this service's.
  private mutating func warnOfProducts(_ list: [(note: Located<ReleaseNote>, name: String, isTold: Bool)]) {
    guard Set(list.map { ProductNames.compared($0.name[...]) }).count > 1 else { return }
    var told: Set<String> = []
    for (note, name, isTold) in list where !isTold && told.insert(ProductNames.compared(name[...])).inserted {
      diagnostics.append(note.diagnostic(.warning, .unknownProduct(name)))
    }
  }

  /// The notes of one service, those of one version joined into the first (changelogs.md, rule 8), in the order of their files.
  mutating func ordered(_ service: Int, key: String, scale: VersionScale) -> [Located<ReleaseNote>] {
    let sorted = NoteOrder(scale).ordered(ofService[service] ?? [])
    var joined: [Located<ReleaseNote>] = []
    var places: [String: Int] = [:]
    // As they were read: of three, two may be the same.
    var parts: [Int: [Located<ReleaseNote>]] = [:]
    for note in sorted {
      guard let version = note.value.version.map(Version.display), let place = places[version.lowercased()] else {
        if let version = note.value.version { places[Version.display(version).lowercased()] = joined.count }
        joined.append(note)
        continue
      }
      let known = parts[place, default: [joined[place]]]
      if let same = known.first(where: { $0.value == note.value }) {
        leftOut.append(LeftOut("note \(version)", note, isSame: true, kept: same))
        continue
      }
      parts[place] = known + [note]
      diagnostics.append(note.diagnostic(.warning, .twoNotes(service: key, version: version), other: joined[place]))
      joined[place].value.append(note.value)
    }
    return joined
  }
}

/// The order of the file; where each file holds one release, version order, highest first. Unreleased sections stand where they stand
/// in their file, alone before the others.
private struct NoteOrder {
  let scale: VersionScale

  init(_ scale: VersionScale) { self.scale = scale }

  func ordered(_ notes: [Located<ReleaseNote>]) -> [Located<ReleaseNote>] {
    let files = Dictionary(grouping: notes, by: \.file)
    let alone = files.values.filter { $0.count == 1 }.compactMap(\.first).sorted(by: isFirst)
    let changelogs = files.values.filter { $0.count > 1 }.map { $0.sorted { $0.position < $1.position } }.sorted {
      left, right in
      let (mine, theirs) = (highest(left), highest(right))
      return mine != theirs ? mine > theirs : left[0].file < right[0].file
    }
    return merge(alone, into: changelogs.flatMap { $0 })
  }

  /// A note in a file of its own stands before the first one of the changelogs that is lower.
  private func merge(_ alone: [Located<ReleaseNote>], into listed: [Located<ReleaseNote>]) -> [Located<ReleaseNote>] {
    var result: [Located<ReleaseNote>] = []
    var rest = alone[...]
    for note in listed {
      while let next = rest.first, rank(note) >= 0, rank(next) > rank(note) {
        result.append(next)
        rest = rest.dropFirst()
      }
      result.append(note)
    }
    return result + rest
  }

  /// -1 for what cannot be compared; unreleased is above all.
  private func rank(_ note: Located<ReleaseNote>) -> Int {
    guard let version = note.value.version else { return .max }
    return scale.index(of: Version.display(version)).map { scale.ranks[$0] } ?? -1
  }

  private func highest(_ notes: [Located<ReleaseNote>]) -> Int {
    notes.filter { $0.value.version != nil }.map(rank).max() ?? .max
  }

  private func isFirst(_ left: Located<ReleaseNote>, _ right: Located<ReleaseNote>) -> Bool {
    let (mine, theirs) = (rank(left), rank(right))
    if mine != theirs { return mine > theirs }
    if left.value.date != right.value.date {
      guard let date = left.value.date else { return false }
      return right.value.date.map { date > $0 } ?? true
    }
    let (text, other) = (left.value.version ?? "", right.value.version ?? "")
    return text != other ? text > other : left.isBefore(right)
  }
}

extension ServiceNames {
  /// The only service: the configuration's if it declares one, else the only one that any record names.
  fileprivate var only: Int? { declaredCount == 1 ? 0 : keys.count == 1 ? 0 : nil }

  fileprivate var areSeveral: Bool { !keys.isEmpty && only == nil }
}

extension LeftOut {
  init(_ note: Located<ReleaseNote>, _ reason: String, remedy: String? = nil) {
    let name = "note \(note.value.version ?? "unreleased"), line \(note.position.line)"
    self.init(
      skipped: Account.Skipped(file: note.file, record: name, reason: reason, remedy: remedy, position: note.position))
  }
}

/// Whose a note is by the name before its version, and the note without that name.
private struct Routing {
  private(set) var service: Int?
  var note: Located<ReleaseNote>
  /// The product is a service's name.
  private(set) var isKnown = false

  init(_ note: Located<ReleaseNote>, home: Int?, services: ServiceNames) {
    (self.note, service) = (note, home)
    if self.note.value.story.isKept, home != nil { self.note.value.story.note(Routing.remark(of: note.value, services)) }
    let own = home.map { services.productNames(of: $0) }
    if let product = note.value.product {
      if own?.isOwn(product[...]) == true {
        isKnown = true
      } else if let other = services.existing(product: product[...]) {
        (service, isKnown) = (other, true)
        self.note.value.story.note(.serviceOfProduct(product))
      }
    }
    guard let version = note.value.version else { return }
    for reading in NamedVersion.readings(of: version) {
      let owner = own?.isOwn(reading.name) == true ? home : services.existing(product: reading.name)
      guard let owner else { continue }
      service = owner
      (self.note.value.version, self.note.value.isNamedByFile) = (String(reading.version), false)
      self.note.value.story.note(.versionWithName(version))
      if owner != home { self.note.value.story.note(.serviceOfProduct(String(reading.name))) }
      return
    }
  }

  private static func remark(of note: ReleaseNote, _ services: ServiceNames) -> Remark {
    if let name = note.service, !name.isEmpty { return .serviceOfNote(name) }
    return services.remark(named: nil, repository: note.repository)
  }
}

extension ReleaseNote {
  /// Adds what another note says of the same version.
  fileprivate mutating func append(_ other: ReleaseNote) {
    title = title ?? other.title
    date = date ?? other.date
    url = url ?? other.url
    yanked = yanked || other.yanked
    prerelease = prerelease || other.prerelease
    isMarkedUnreleased = isMarkedUnreleased && other.isMarkedUnreleased
    otherVersions += other.otherVersions.filter { !otherVersions.contains($0) }
    if let more = other.includes { includes = (includes ?? []) + more }
    story.join(other.story)
    guard body != other.body else { return }
    breaking += other.breaking
    security += other.security
    contributors += other.contributors.filter { !contributors.contains($0) }
    markdown += [0x0A, 0x0A] + other.markdown
    switch (body, other.body) {
    case (.text(let mine), .text(let theirs)): body = .text(mine + "\n\n" + theirs)
    case (.markdown(var fragment, let plain), .markdown(let otherFragment, let otherPlain)):
      fragment.join(otherFragment)
      body = .markdown(fragment, plain: plain + "\n\n" + otherPlain)
    case (.markdown, .text), (.text, .markdown): break
    }
  }
}
