/// Runs a program over one page's values.
struct Renderer {
  /// Recursive partials end here: a template over data that leads back to itself stops instead of filling the disk.
  private static let deepest = 100

  private let program: Program
  private let arena: [Slot]
  private var frames: [Int]
  private var depth = 0

  init(_ program: Program, arena: [Slot]) {
    self.program = program
    self.arena = arena
    frames = [0]
    frames.reserveCapacity(16)
  }

  mutating func run(into output: inout [UInt8]) { call(0, &output) }

  private mutating func call(_ routine: Int, _ output: inout [UInt8]) {
    guard depth < Renderer.deepest else { return }
    depth += 1
    let code = program.routines[routine]
    run(code, 0, code.count, &output)
    depth -= 1
  }

  private mutating func run(_ code: [Program.Instruction], _ start: Int, _ end: Int, _ output: inout [UInt8]) {
    var at = start
    while at < end {
      switch code[at] {
      case .literal(let start, let count):
        output.append(contentsOf: program.literals[start..<(start + count)])
      case .text(let address):
        if case .text(let text) = slot(address) { appendEscaped(text, to: &output) }
      case .url(let address):
        if case .text(let text) = slot(address), isAllowedURL(text) { appendEscaped(text, to: &output) }
      case .verbatim(let address):
        switch slot(address) {
        case .markup(let bytes): output.append(contentsOf: bytes)
        case .text(let text): output.append(contentsOf: text.utf8)
        default: break
        }
      case .section(let address, let entry, let bodyEnd):
        section(address, entry, code, at + 1, bodyEnd, &output)
        at = bodyEnd
        continue
      case .inverted(let address, let bodyEnd):
        if !slot(address).isTruthy { run(code, at + 1, bodyEnd, &output) }
        at = bodyEnd
        continue
      case .call(let routine): call(routine, &output)
      case .choose(let address, let choices):
        if case .text(let name) = slot(address), let choice = program.choices[choices].first(where: { $0.name == name }) {
          call(choice.routine, &output)
        }
      }
      at += 1
    }
  }

  private mutating func section(
    _ address: Program.Address, _ entry: Program.Entry, _ code: [Program.Instruction], _ start: Int, _ end: Int,
    _ output: inout [UInt8]
  ) {
    guard let index = index(address) else { return }
    switch arena[index] {
    case .list(let first, let count, let stride):
      for element in 0..<count { run(code, start, end, at: first + element * stride, entry, &output) }
    case let slot:
      if slot.isTruthy { run(code, start, end, at: index, entry, &output) }
    }
  }

  /// One pass over a section's body, in the frame that it opens.
  private mutating func run(
    _ code: [Program.Instruction], _ start: Int, _ end: Int, at base: Int, _ entry: Program.Entry, _ output: inout [UInt8]
  ) {
    switch entry {
    case .stay: run(code, start, end, &output)
    case .push:
      frames.append(base)
      run(code, start, end, &output)
      frames.removeLast()
    case .replace(let position):
      let hidden = frames.remove(at: position)
      frames.append(base)
      run(code, start, end, &output)
      frames.removeLast()
      frames.insert(hidden, at: position)
    }
  }

  private func slot(_ address: Program.Address) -> Slot { index(address).map { arena[$0] } ?? .absent }

  /// nil where an object on the way is absent.
  private func index(_ address: Program.Address) -> Int? {
    var index = frames[address.frame] + address.slot
    guard address.path >= 0 else { return index }
    for step in program.paths[address.path] {
      guard case .list(let start, let count, _) = arena[index], count > 0 else { return nil }
      index = start + step
    }
    return index
  }
}
