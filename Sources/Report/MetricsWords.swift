/// What each metric is, in the words that stand beside its figure and in `metrics.json`.
package enum MetricsWords {
  package static let deployments =
    "Successful deployments that ended in the window, rollbacks and hotfixes too; the same version and build again is left out."
  package static let leadTime =
    "From the commit of each change, or of the deployment where it lists none, to its first successful arrival. Over several environments or services a change counts once, with its first arrival in any of them."
  package static let changeFailRate =
    "Deployments that an incident names as its cause, or that a rollback or hotfix names or replaces, each once, over all deployments. A hotfix after a rollback mends what was rolled back; an older run that overtook is no rollback."
  package static let recovery =
    "From the end of each failed deployment to the resolution of its last incident, without one to the rollback or hotfix that replaced it."
  package static let rework = "Rollbacks and hotfixes made for an incident or a failed deployment, over all deployments."
  package static let gateWait =
    "From request to decision at a person's gate, of the deployments counted. The share: the wait of the changes counted over their lead time."
  package static let attempts = "Deployments that began and ended in the window, and the part that succeeded."
  package static let runDuration =
    "From start to end of each run that ended in the window, waits included. A run is of no environment."
}
