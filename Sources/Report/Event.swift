import Records
import Releases
import Time

/// One of the last things that happened anywhere. Only on pages about now.
package struct Event: Hashable, Sendable {
  package let time: TimeText
  package let release: LinkText
  package let mark: Mark
  package let sentence: Sentence

  /// The newest `count` attempts and requests at gates, newest first.
  package static func last(_ count: Int, _ wording: Wording) -> [Event] {
    wording.catalog.latestActivity(count).map { activity in
      let deployment = wording.catalog.services[activity.service].deployments[activity.deployment]
      return Event(
        time: wording.dated(activity.time),
        release: wording.release(activity.service, activity.waiting?.version ?? deployment.version, named: true),
        mark: activity.waiting == nil ? wording.eventMark(activity.service, activity.deployment) : Mark(.waiting),
        sentence: activity.waiting.map { wording.request($0, activity.service, deployment) }
          ?? wording.event(activity.service, activity.deployment))
    }
  }
}
