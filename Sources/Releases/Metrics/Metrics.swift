/// The five metrics of DORA, and what stands beside them, of some services in some environments and one window. A figure without data is
/// nil; every figure has its sample and what was left out of it.
package struct Metrics: Hashable, Sendable {
  package struct Deployments: Hashable, Sendable {
    package let count: Int
    /// Days of the site's zone on which there was one.
    package let days: Int
    package let medianGap: Double?
    /// Successes that brought the same version and build again.
    package let redeploys: Int
    /// Attempts that ended in the window, and those of them that succeeded.
    package let attempts: Int
    package let succeeded: Int

    /// `count`, which is a figure only where anything was tried: where nothing succeeded it is 0.
    package var figure: Double? { attempts == 0 ? nil : Double(count) }

    /// Of a window of so many days.
    package func perDay(_ days: Int) -> Double? { figure.map { $0 / Double(max(days, 1)) } }
    package func perWeek(_ days: Int) -> Double? { figure.map { $0 * 7 / Double(max(days, 1)) } }

    /// Of the attempts; 0 to 1, nil without any.
    package var successRate: Double? { attempts == 0 ? nil : Double(succeeded) / Double(attempts) }
  }

  /// In seconds, from commit to arrival.
  package struct LeadTime: Hashable, Sendable {
    package let median: Double?
    package let p90: Double?
    package let sample: Int
    /// Changes that were committed after their arrival.
    package let negative: Int
    /// Changes of which no record says when they were committed.
    package let undated: Int
    /// The part of the time that was spent at a person's gate, 0 to 1; nil where no change of the sample passed one.
    package let gateShare: Double?
  }

  /// Some of the deployments.
  package struct Share: Hashable, Sendable {
    package let count: Int
    package let of: Int

    /// 0 to 1; nil without deployments.
    package var rate: Double? { of == 0 ? nil : Double(count) / Double(of) }
  }

  /// In seconds, from the end of a deployment that failed to what mended it.
  package struct Recovery: Hashable, Sendable {
    package let median: Double?
    package let sample: Int
    /// Failed and not mended yet, and how long the first of them has been so at the end of the window or as-of.
    package let open: Int
    package let longestOpen: Double?
    /// Those whose incident is said to be resolved before they ended.
    package let negative: Int
    /// Those whose incident is resolved, nobody says when.
    package let undated: Int
  }

  /// Lengths of time, in seconds.
  package struct Wait: Hashable, Sendable {
    package let median: Double?
    package let sample: Int
    /// Those that ended before they began.
    package let negative: Int

    init(_ lengths: [Double]) {
      let kept = lengths.filter { $0 >= 0 }
      (median, sample, negative) = (Statistics.median(kept), kept.count, lengths.count - kept.count)
    }
  }

  package let deployments: Deployments
  package let leadTime: LeadTime
  package let changeFailRate: Share
  package let recovery: Recovery
  package let rework: Share
  /// From request to decision at a person's gate.
  package let gateWait: Wait
  /// Of the runs that ended in the window; a run is of no environment.
  package let runDuration: Wait

  /// Whether there were deployments, and none of them waited at a person's gate.
  package var isUngated: Bool { gateWait.median == nil && gateWait.negative == 0 && deployments.count > 0 }
}
