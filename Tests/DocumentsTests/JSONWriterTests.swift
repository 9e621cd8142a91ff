import Testing

@testable import Documents

@Suite struct WrittenJSON {
  @Test func standsIndentedForPeople() {
    var json = JSONWriter()
    json.object { json in
      json.key("a{,:\"")
      json.strings(["b[,]", "c\\"])
      json.key("d")
      json.object { json in
        json.key("e")
        json.int(1)
      }
    }
    let lines = [
      #"{"#, #" "a{,:\"": ["#, #"  "b[,]","#, #"  "c\\""#, #" ],"#, #" "d": {"#, #"  "e": 1"#, #" }"#, #"}"#,
    ]
    #expect(String(decoding: json.indented, as: UTF8.self) == lines.joined(separator: "\n"))
  }

  @Test func hasTheSameNameWhetherItWasMadeBeforeOrNot() {
    var (before, now) = (JSONWriter(), JSONWriter())
    for name in ["a", "é", "\"<\u{2028}"] {
      let key = JSONWriter.Key(name)
      before.object { json in
        for _ in 0..<2 {
          json.key(key)
          json.int(1)
        }
      }
      now.object { json in
        for _ in 0..<2 {
          json.key(name)
          json.int(1)
        }
      }
    }
    #expect(before.bytes == now.bytes)
  }
}
