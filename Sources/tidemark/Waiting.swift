import Dispatch
import Synchronization

/// Does asynchronous work from the main thread and waits for it there.
///
/// An asynchronous `main` hands the main thread to Dispatch, which ends it by unwinding; in a static program the first unwinding sorts
/// the tables of all functions: measured, 20 of 25 ms of start-up. Commands are therefore synchronous and wait here.
func waiting<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value {
  let answer = Answer<Value>()
  Task.detached { answer.give(await work()) }
  return answer.take()
}

/// One value, handed from one thread to another.
private final class Answer<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let isThere = DispatchSemaphore(value: 0)

  func give(_ value: Value) {
    self.value.withLock { $0 = value }
    isThere.signal()
  }

  func take() -> Value {
    while true {
      isThere.wait()
      if let value = value.withLock({ $0 }) { return value }
    }
  }
}
