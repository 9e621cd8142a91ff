import Plan
import Records
import Releases
import Report
import Template
import Time

/// One of the last things that happened anywhere. Only on pages about now.
struct Event: Model {
  let time: TimeText
  let release: LinkText
  let mark: Mark
  let sentence: Sentence

  static let fields = Fields<Event>(
    .object("time") { $0.time },
    .object("release") { $0.release },
    .object("mark") { $0.mark },
    .object("sentence") { $0.sentence }
  )

  /// The newest `count` attempts and requests at gates, newest first.
  static func last(_ count: Int, _ view: Viewpoint) -> [Event] {
    view.catalog.latestActivity(count).map { activity in
      let deployment = view.catalog.services[activity.service].deployments[activity.deployment]
      return Event(
        time: view.wording.dated(activity.time),
        release: view.wording.release(activity.service, activity.waiting?.version ?? deployment.version, named: true),
        mark: activity.waiting == nil ? view.wording.eventMark(activity.service, activity.deployment) : Mark(.waiting),
        sentence: activity.waiting.map { view.wording.request($0, activity.service, deployment) }
          ?? view.wording.event(activity.service, activity.deployment))
    }
  }
}
