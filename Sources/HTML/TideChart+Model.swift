import Report
package import Template
package import Tide

/// For `partials/tide`.
extension TideChart: Model {
  package static let fields = Fields<TideChart>(
    .text("id") { $0.id },
    .words("span") { $0.span },
    .words("remark") { $0.remark },
    .list("ticks") { $0.ticks },
    .words("end") { $0.end },
    .list("strips") { $0.strips },
    .flag("hasOthers") { !$0.others.isEmpty },
    .object("others") { $0.others },
    .object("table") { $0.table }
  )
}

extension TideTick: Model {
  package static let fields = Fields<TideTick>(
    .text("x") { Figure.percent($0.position) },
    .words("label") { $0.label },
    .flag("first") { $0.isFirst }
  )
}

extension TideStripView: Model {
  package static let fields = Fields<TideStripView>(
    .text("id") { $0.id },
    .object("service") { $0.service },
    .words("way") { $0.way },
    .list("levels") { $0.levels },
    .list("now") { $0.now },
    .words("description") { $0.description },
    .text("height") { String($0.drawing.bottom + 10) },
    .list("areas") { $0.drawing.areas },
    .list("rules") { $0.drawing.rules },
    .list("lines") { $0.drawing.lines },
    .list("bars") { $0.drawing.bars },
    .list("events") { $0.drawing.events },
    .list("labels") { $0.labels }
  )
}

extension TideStripView.Level: Model {
  package static let fields = Fields<TideStripView.Level>(
    .text("name") { $0.name },
    .flag("tall") { $0.isTall }
  )
}

extension TideStripView.Now: Model {
  package static let fields = Fields<TideStripView.Now>(
    .text("environment") { $0.environment },
    .flag("tall") { $0.isTall },
    .object("version") { $0.version },
    .words("nothing") { $0.nothing },
    .object("mark") { $0.mark },
    .words("words") { $0.words }
  )
}

extension TideDrawing.Shape: Model {
  package static let fields = Fields<TideDrawing.Shape>(
    .text("look") { $0.look },
    .text("path") { $0.path }
  )
}

extension TideDrawing.Bar: Model {
  package static let fields = Fields<TideDrawing.Bar>(
    .text("look") { $0.look },
    .text("x") { Figure.percent($0.position) },
    .text("width") { Figure.percent($0.width) },
    .text("y") { String($0.y) },
    .text("height") { String($0.height) }
  )
}

extension TideDrawing.Event: Model {
  package static let fields = Fields<TideDrawing.Event>(
    .text("x") { Figure.percent($0.position) },
    .text("y") { String($0.y) },
    .text("fall") { if case .fall(let height) = $0.sign { String(height - 6) } else { nil } },
    .text("fallHead") { if case .fall(let height) = $0.sign { String(height - 8) } else { nil } },
    .flag("hotfix") { $0.sign == .hotfix },
    .flag("arrival") { $0.sign == .arrival },
    .flag("failure") { $0.sign == .failure }
  )
}

extension TideLabels.Label: Model {
  package static let fields = Fields<TideLabels.Label>(
    .text("x") { Figure.percent($0.position) },
    .text("offset") { String($0.offset) },
    .text("y") { String($0.y) },
    .text("look") { $0.look },
    .flag("endsThere") { $0.offset < 0 },
    .text("text") { $0.text }
  )
}

extension TideTable: Model {
  package static let fields = Fields<TideTable>(
    .texts("environments") { $0.environments },
    .list("rows") { $0.rows },
    .words("omitted") { $0.omitted }
  )
}

extension TideTable.Row: Model {
  package static let fields = Fields<TideTable.Row>(
    .object("release") { $0.release },
    .list("arrivals") { $0.arrivals },
    .object("remarks") { $0.remarks }
  )
}
