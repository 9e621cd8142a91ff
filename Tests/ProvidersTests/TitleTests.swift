import Providers
import Records
import Testing
import Time

@Suite struct Titles {
  static let messages: [(String, String?)] = [
    (#"Mend the cart"#, "Mend the cart"), (#"Mend the cart\n\nIt was broken."#, "Mend the cart"),
    (#"Merge 'a' into 'b'\r\n\r\nSee !2"#, "Merge 'a' into 'b'"), (#"\n\n  Late start \t\nmore"#, "Late start"),
    (#"one\u2028two"#, "one"), (#" \n "#, nil), ("", nil),
  ]

  @Test(arguments: messages)
  func aRunWithoutATitleHasTheFirstLineOfItsCommitMessage(message: String, title: String?) throws {
    let set = join(#"{"id":"1","state":"failed","commit":{"sha":"abcdef0","message":"\#(message)"}}"#)
    #expect(try #require(set.run("1")).title == title)
  }

  @Test func aTitleOfItsOwnStays() throws {
    let set = join(#"{"id":"1","state":"failed","title":"Nightly","commit":{"sha":"abcdef0","message":"Mend"}}"#)
    #expect(try #require(set.run("1")).title == "Nightly")
    #expect(try #require(join(#"{"id":"1","state":"failed","commit":"abcdef0"}"#).run("1")).title == nil)
  }

  @Test func runsOfProvidersHaveOneToo() throws {
    let run =
      #"{"id":1,"run_number":1,"status":"queued","head_sha":"abcdef0","head_commit":{"message":"Mend\n\nmore"},"display_title":%}"#
    #expect(try #require(join(run.replacing("%", with: "null")).run("1")).title == "Mend")
    #expect(try #require(join(run.replacing("%", with: "\"Shown\"")).run("1")).title == "Shown")
    let pipeline =
      #"{"uuid":"{p}","type":"pipeline","state":{},"target":{"commit":{"hash":"abcdef0","message":"Mend\nmore"}}}"#
    #expect(try #require(join(pipeline).run("{p}")).title == "Mend")
  }
}
