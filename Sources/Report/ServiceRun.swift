import Records
import Releases

/// One of the latest runs.
package struct ServiceRun: Hashable, Sendable {
  package let run: LinkText
  package let mark: Mark
  package let state: Sentence
  package let version: LinkText
  package let subject: String?
  package let ref: String?
  package let began: Sentence
  package let took: Sentence

  /// `index`: into the runs of the service.
  package init(_ wording: Wording, service: Int, run index: Int) {
    let run = wording.catalog.services[service].runs[index]
    self.run = wording.run(service, index)
    let isSuperseded = wording.catalog.services[service].isSuperseded(run)
    mark = Mark(isSuperseded ? .superseded : run.record.state)
    state = isSuperseded ? "\(words: State.superseded.rawValue)" : run.record.state.word(raw: run.record.stateRaw)
    version = wording.release(service, run.version)
    subject = run.record.subject
    ref = run.record.ref?.name
    began = wording.moment(run.record.startTime)
    took = wording.took(run.record)
  }
}
