import Releases

/// What each metric is, in the words that stand beside its figure and in `metrics.json`.
enum MetricsWords {
  static let deployments =
    "Successful deployments whose end lies in the window. The same version and build again is left out; rollbacks and hotfixes count."
  static let leadTime =
    "Of each change, from its commit to its first successful arrival in the environment: the median, and what nine in ten do not exceed. A deployment without a list of changes stands for its commit. Each change counts once; those whose commit is younger than their arrival are left out and counted."
  static let changeFailRate =
    "Deployments that an incident names as its cause, or that a rollback or hotfix names or replaces, each once, over all deployments. A run that was only overtaken by an older one is no rollback."
  static let recovery =
    "Of each failed deployment, from its end to the resolution of its last incident, else to the rollback or hotfix that replaced it: the median. Those that are not mended yet are counted apart."
  static let rework = "Rollbacks and hotfixes that replaced a deployment or mended an incident, over all deployments."
  static let gateWait =
    "From the request to the decision at a person's gate: the median. Its share is the time at gates over the lead time of the same changes."
  static let attempts = "Deployments that began and ended in the window; the part of them that succeeded."
  static let runDuration = "Of the runs that ended in the window, from start to end, waits included: the median."
}
