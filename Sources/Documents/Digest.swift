private import CDigest

/// SHA-256 by libmd.
package enum Digest {
  /// The first `count` hexadecimal digits, in lower case, of the SHA-256 of `bytes`; at most 64.
  package static func hex(_ bytes: [UInt8], count: Int) -> String {
    var context = SHA2_CTX()
    SHA256Init(&context)
    SHA256Update(&context, bytes, bytes.count)
    let sum = [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { buffer, length in
      SHA256Final(buffer.baseAddress, &context)
      length = buffer.count
    }
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: sum.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }.prefix(count), as: UTF8.self)
  }
}
