import Documents
import Plan
import Records
import Releases
import Report
import Time

/// `metrics.json` (api.md): all together, each environment, each service, and each pair of which anything is known.
extension Edition {
  func writeMetrics(_ json: inout JSONWriter) {
    let window = catalog.metricsWindow
    json.schema("metrics")
    json.key("window")
    json.object { json in
      json.member("from", window.from)
      json.member("to", window.to)
      json.member("days", window.days)
      json.member("timeZone", catalog.configuration.zone.name)
    }
    json.member("metrics", each: scopes) { json, scope in
      json.member("service", scope.service.map { catalog.services[$0].key })
      json.member("environment", scope.environment.map { catalog.environments[$0].key })
      Edition.write(
        metrics.metrics(window, service: scope.service, environment: scope.environment), days: window.days, &json)
    }
  }

  private var scopes: [(service: Int?, environment: Int?)] {
    let (services, environments) = (
      catalog.services.indices, catalog.environments.indices.filter { !catalog.environments[$0].isShortLived }
    )
    let pairs = services.flatMap { service in
      environments.filter { !catalog.histories[service][$0].deployments.isEmpty }.map { (Optional(service), Optional($0)) }
    }
    return [(nil, nil)] + environments.map { (nil, $0) } + services.map { ($0, nil) } + pairs
  }

  private static func write(_ metrics: Metrics, days: Int, _ json: inout JSONWriter) {
    let deployments = metrics.deployments
    json.key("deployments")
    json.object { json in
      json.member("count", deployments.count)
      json.member("perDay", rate: deployments.perDay(days))
      json.member("perWeek", rate: deployments.perWeek(days))
      json.member("days", deployments.days)
      json.member("medianGapSeconds", seconds: deployments.medianGap)
      json.member("attempts", deployments.attempts)
    }
    json.key("leadTime")
    json.object { json in
      json.member("medianSeconds", seconds: metrics.leadTime.median)
      json.member("p90Seconds", seconds: metrics.leadTime.p90)
      json.member("sample", metrics.leadTime.sample)
      json.member("excluded", metrics.leadTime.negative + metrics.leadTime.undated)
    }
    json.key("changeFailRate")
    json.object { json in
      json.member("failed", metrics.changeFailRate.count)
      json.member("of", metrics.changeFailRate.of)
      json.member("rate", rate: metrics.changeFailRate.rate)
    }
    json.key("recovery")
    json.object { json in
      json.member("medianSeconds", seconds: metrics.recovery.median)
      json.member("sample", metrics.recovery.sample)
      json.member("open", metrics.recovery.open)
    }
    json.key("rework")
    json.object { json in
      json.member("rework", metrics.rework.count)
      json.member("of", metrics.rework.of)
      json.member("rate", rate: metrics.rework.rate)
    }
    json.key("gateWait")
    json.object { json in
      json.member("medianSeconds", seconds: metrics.gateWait.median)
      json.member("sample", metrics.gateWait.sample)
    }
    json.key("rules")
    json.object { json in
      for (name, rule) in Edition.metricRules { json.member(name, rule) }
    }
  }

  private static let metricRules = [
    ("deployments", MetricsWords.deployments), ("leadTime", MetricsWords.leadTime),
    ("changeFailRate", MetricsWords.changeFailRate), ("recovery", MetricsWords.recovery), ("rework", MetricsWords.rework),
    ("gateWait", MetricsWords.gateWait),
  ]
}
