package import Documents

/// The JSON Schema of canonical records, as the lists of their fields have it.
package let recordSchema: JSONValue = [
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "https://tidemark.invalid/schemas/records/1",
  "title": "Tidemark's canonical records: an envelope, an array or one record",
  "description": "A file may also hold JSON Lines: then this describes each line.",
  "anyOf": [
    RecordSchema.reference("envelope"), ["type": "array", "items": RecordSchema.reference("record")],
    RecordSchema.reference("record"),
  ],
  "$defs": RecordSchema.definitions,
]

extension RecordSchema {
  fileprivate static let definitions: JSONValue = [
    "envelope": [
      "type": "object",
      "properties": [
        "schema": ["const": .string(Envelope.schema)], "records": ["type": "array", "items": reference("record")],
      ],
      "required": ["schema", "records"],
    ],
    "record": ["anyOf": .array(Envelope.Kind.words.map(reference))],
    "run": object(Canonical.run).with([
      "required": ["id", "state"], "description": "A pipeline run. Without `kind` a record is a run.",
    ]),
    "step": object(Canonical.step),
    "gate": object(Canonical.gate),
    "deploymentOfRun": deployment(Canonical.deploymentOfRun).with([
      "required": ["environment"], "description": "A missing field is taken from the run.",
    ]),
    "deployment": deployment(Canonical.deployment).with(["required": ["kind", "environment"]]),
    "incident": object(Canonical.incident).with(["required": ["kind", "id"]]),
  ]

  /// What was published first stands first: two fields are written further up than the schema names them.
  private static func deployment(_ fields: RecordFields<DeploymentRecord>) -> JSONValue {
    let late = ["inactive", "partial"]
    var list = fields.list.filter { !late.contains($0.name) }
    let place = list.firstIndex { $0.name == "override" } ?? list.count
    list.insert(contentsOf: fields.list.filter { late.contains($0.name) }, at: place)
    return object(RecordFields(fields.noun, list))
  }
}
