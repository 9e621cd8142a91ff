// swift-tools-version: 6.2
import PackageDescription

/// `make fuzz`: every room tells libFuzzer which of its parts were reached, and there is one program more.
let isFuzzed = Context.environment["TIDEMARK_FUZZ"] != nil

/// The house rules that the compiler can hold. `make check` sets TIDEMARK_STRICT, which turns every warning into an error.
let strict: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (Context.environment["TIDEMARK_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)])
  + (isFuzzed ? [.unsafeFlags(["-sanitize=fuzzer"])] : [])

/// A room of the house. The order below is the order of imports: a room may use only rooms above it.
func room(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .testTarget(name: name + "Tests", dependencies: dependencies, exclude: [], swiftSettings: strict)
}

let fuzzer: [Target] =
  isFuzzed
  ? [
    .target(name: "FuzzDriver", path: "Tests/Fuzz/Driver"),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "FuzzDriver", "Content", "Diagnostics", "Documents", "Joining", "Providers", "Records", "Releases", "Template",
        "TestReports", "Time",
      ],
      path: "Tests/Fuzz/Program", swiftSettings: strict),
  ] : []

let package = Package(
  name: "tidemark",
  products: [.executable(name: "tidemark", targets: ["tidemark"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    // Without its trait for Foundation, which would bring in all of it.
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    .systemLibrary(name: "CCmark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
    .systemLibrary(name: "CYaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CDigest", pkgConfig: "libmd", providers: [.apt(["libmd-dev"])]),
    .target(name: "CTheme", exclude: ["starter"]),
    room("Diagnostics"),
    room("Documents", "Diagnostics", "CDigest", "CYaml"),
    room("Markdown", "CCmark", "Documents"),
    room("Time"),
    room("Records", "Diagnostics", "Documents", "Time"),
    room("TestReports", "Diagnostics", "Records", "CExpat"),
    room("Providers", "Diagnostics", "Documents", "Records", "Time"),
    room("Content", "Diagnostics", "Documents", "Markdown", "Records", "Time"),
    room("Releases", "Diagnostics", "Records", "Time"),
    room("Joining", "Diagnostics", "Documents", "Records", "Releases", "Time"),
    room("Template", "Diagnostics"),
    room("Report", "Records", "Releases", "Template", "Time"),
    room("Plan", "Diagnostics", "Documents", "Markdown", "Records", "Releases", "Report", "Template", "Time"),
    room("Tide", "Plan", "Records", "Releases", "Report", "Template", "Time"),
    room(
      "HTML", "Diagnostics", "Documents", "Markdown", "Plan", "Records", "Releases", "Report", "Template", "Tide", "Time"),
    room("Formats", "Diagnostics", "Documents", "Markdown", "Plan", "Records", "Releases", "Report", "Template", "Time"),
    room(
      "Site", "CTheme", "Content", "Diagnostics", "Documents", "Formats", "HTML", "Joining", "Plan", "Providers", "Records",
      "Releases",
      "Template", "TestReports", "Time",
      .product(name: "Subprocess", package: "swift-subprocess")),
    .executableTarget(
      name: "tidemark",
      dependencies: [
        "Diagnostics", "Formats", "Plan", "Providers", "Records", "Releases", "Site", "Template", "Time",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "benchmark", dependencies: ["Diagnostics", "Template"], path: "Tests/Benchmark", swiftSettings: strict),
  ] + fuzzer + [
    .target(
      name: "Support", dependencies: ["Diagnostics", "Joining", "Records", "Releases", "Time"], path: "Tests/Support",
      swiftSettings: strict),
    tests("Diagnostics", "Diagnostics"),
    tests("Documents", "Documents", "Diagnostics", "Support"),
    tests("Markdown", "Documents", "Markdown"),
    tests("Time", "Support", "Time"),
    tests("Records", "Records", "Support", "Time"),
    tests("TestReports", "TestReports", "Records", "Diagnostics"),
    tests("Providers", "Providers", "Documents", "Joining", "Records", "Releases", "Diagnostics", "Time"),
    tests("Content", "Content", "Documents", "Records", "Diagnostics", "Time"),
    tests("Releases", "Releases", "Joining", "Records", "Diagnostics", "Support", "Time"),
    tests("Template", "Template", "Diagnostics"),
    tests("Report", "Records", "Releases", "Report", "Template", "Time"),
    tests(
      "HTML", "Diagnostics", "Documents", "Formats", "HTML", "Joining", "Plan", "Records", "Releases", "Report", "Support",
      "Template", "Tide", "Time"),
    tests("Site", "CTheme", "Site", "Providers", "Records", "Releases", "Diagnostics", "Time"),
  ],
  swiftLanguageModes: [.v6]
)
