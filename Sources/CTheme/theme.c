// Written by .ci/embed from the files of the folder.
#include "CTheme.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file_404_mustache[] = {
#embed "../../templates/404.mustache"
};
static const unsigned char file_assets_favicon_failed_svg[] = {
#embed "../../templates/assets/favicon-failed.svg"
};
static const unsigned char file_assets_favicon_skipped_svg[] = {
#embed "../../templates/assets/favicon-skipped.svg"
};
static const unsigned char file_assets_favicon_succeeded_svg[] = {
#embed "../../templates/assets/favicon-succeeded.svg"
};
static const unsigned char file_assets_favicon_unknown_svg[] = {
#embed "../../templates/assets/favicon-unknown.svg"
};
static const unsigned char file_assets_favicon_waiting_svg[] = {
#embed "../../templates/assets/favicon-waiting.svg"
};
static const unsigned char file_assets_favicon_svg[] = {
#embed "../../templates/assets/favicon.svg"
};
static const unsigned char file_assets_tidemark_css[] = {
#embed "../../templates/assets/tidemark.css"
};
static const unsigned char file_assets_tidemark_js[] = {
#embed "../../templates/assets/tidemark.js"
};
static const unsigned char file_assets_tokens_css[] = {
#embed "../../templates/assets/tokens.css"
};
static const unsigned char file_audit_mustache[] = {
#embed "../../templates/audit.mustache"
};
static const unsigned char file_audits_mustache[] = {
#embed "../../templates/audits.mustache"
};
static const unsigned char file_changelog_mustache[] = {
#embed "../../templates/changelog.mustache"
};
static const unsigned char file_changes_mustache[] = {
#embed "../../templates/changes.mustache"
};
static const unsigned char file_compare_mustache[] = {
#embed "../../templates/compare.mustache"
};
static const unsigned char file_dashboard_mustache[] = {
#embed "../../templates/dashboard.mustache"
};
static const unsigned char file_deployment_mustache[] = {
#embed "../../templates/deployment.mustache"
};
static const unsigned char file_environment_mustache[] = {
#embed "../../templates/environment.mustache"
};
static const unsigned char file_history_mustache[] = {
#embed "../../templates/history.mustache"
};
static const unsigned char file_incident_mustache[] = {
#embed "../../templates/incident.mustache"
};
static const unsigned char file_incidents_mustache[] = {
#embed "../../templates/incidents.mustache"
};
static const unsigned char file_languages_de_yml[] = {
#embed "../../templates/languages/de.yml"
};
static const unsigned char file_layout_mustache[] = {
#embed "../../templates/layout.mustache"
};
static const unsigned char file_metrics_mustache[] = {
#embed "../../templates/metrics.mustache"
};
static const unsigned char file_page_mustache[] = {
#embed "../../templates/page.mustache"
};
static const unsigned char file_partials_archive_mustache[] = {
#embed "../../templates/partials/archive.mustache"
};
static const unsigned char file_partials_changes_mustache[] = {
#embed "../../templates/partials/changes.mustache"
};
static const unsigned char file_partials_commits_mustache[] = {
#embed "../../templates/partials/commits.mustache"
};
static const unsigned char file_partials_decisions_mustache[] = {
#embed "../../templates/partials/decisions.mustache"
};
static const unsigned char file_partials_entry_mustache[] = {
#embed "../../templates/partials/entry.mustache"
};
static const unsigned char file_partials_facts_mustache[] = {
#embed "../../templates/partials/facts.mustache"
};
static const unsigned char file_partials_freezes_mustache[] = {
#embed "../../templates/partials/freezes.mustache"
};
static const unsigned char file_partials_gates_mustache[] = {
#embed "../../templates/partials/gates.mustache"
};
static const unsigned char file_partials_incident_mustache[] = {
#embed "../../templates/partials/incident.mustache"
};
static const unsigned char file_partials_lifted_mustache[] = {
#embed "../../templates/partials/lifted.mustache"
};
static const unsigned char file_partials_link_mustache[] = {
#embed "../../templates/partials/link.mustache"
};
static const unsigned char file_partials_mark_mustache[] = {
#embed "../../templates/partials/mark.mustache"
};
static const unsigned char file_partials_matrix_mustache[] = {
#embed "../../templates/partials/matrix.mustache"
};
static const unsigned char file_partials_metrics_mustache[] = {
#embed "../../templates/partials/metrics.mustache"
};
static const unsigned char file_partials_note_mustache[] = {
#embed "../../templates/partials/note.mustache"
};
static const unsigned char file_partials_notices_mustache[] = {
#embed "../../templates/partials/notices.mustache"
};
static const unsigned char file_partials_prose_mustache[] = {
#embed "../../templates/partials/prose.mustache"
};
static const unsigned char file_partials_released_mustache[] = {
#embed "../../templates/partials/released.mustache"
};
static const unsigned char file_partials_releases_mustache[] = {
#embed "../../templates/partials/releases.mustache"
};
static const unsigned char file_partials_sentence_mustache[] = {
#embed "../../templates/partials/sentence.mustache"
};
static const unsigned char file_partials_sparkline_mustache[] = {
#embed "../../templates/partials/sparkline.mustache"
};
static const unsigned char file_partials_sprite_mustache[] = {
#embed "../../templates/partials/sprite.mustache"
};
static const unsigned char file_partials_tide_mustache[] = {
#embed "../../templates/partials/tide.mustache"
};
static const unsigned char file_partials_time_mustache[] = {
#embed "../../templates/partials/time.mustache"
};
static const unsigned char file_partials_whereabouts_mustache[] = {
#embed "../../templates/partials/whereabouts.mustache"
};
static const unsigned char file_pending_mustache[] = {
#embed "../../templates/pending.mustache"
};
static const unsigned char file_release_mustache[] = {
#embed "../../templates/release.mustache"
};
static const unsigned char file_run_mustache[] = {
#embed "../../templates/run.mustache"
};
static const unsigned char file_service_mustache[] = {
#embed "../../templates/service.mustache"
};
static const unsigned char file_short_lived_mustache[] = {
#embed "../../templates/short-lived.mustache"
};
static const unsigned char file_skipped_mustache[] = {
#embed "../../templates/skipped.mustache"
};

#define FILE_OF(path, bytes) {path, bytes, sizeof bytes}

static const embedded_file files[] = {
    FILE_OF("404.mustache", file_404_mustache),
    FILE_OF("assets/favicon-failed.svg", file_assets_favicon_failed_svg),
    FILE_OF("assets/favicon-skipped.svg", file_assets_favicon_skipped_svg),
    FILE_OF("assets/favicon-succeeded.svg", file_assets_favicon_succeeded_svg),
    FILE_OF("assets/favicon-unknown.svg", file_assets_favicon_unknown_svg),
    FILE_OF("assets/favicon-waiting.svg", file_assets_favicon_waiting_svg),
    FILE_OF("assets/favicon.svg", file_assets_favicon_svg),
    FILE_OF("assets/tidemark.css", file_assets_tidemark_css),
    FILE_OF("assets/tidemark.js", file_assets_tidemark_js),
    FILE_OF("assets/tokens.css", file_assets_tokens_css),
    FILE_OF("audit.mustache", file_audit_mustache),
    FILE_OF("audits.mustache", file_audits_mustache),
    FILE_OF("changelog.mustache", file_changelog_mustache),
    FILE_OF("changes.mustache", file_changes_mustache),
    FILE_OF("compare.mustache", file_compare_mustache),
    FILE_OF("dashboard.mustache", file_dashboard_mustache),
    FILE_OF("deployment.mustache", file_deployment_mustache),
    FILE_OF("environment.mustache", file_environment_mustache),
    FILE_OF("history.mustache", file_history_mustache),
    FILE_OF("incident.mustache", file_incident_mustache),
    FILE_OF("incidents.mustache", file_incidents_mustache),
    FILE_OF("languages/de.yml", file_languages_de_yml),
    FILE_OF("layout.mustache", file_layout_mustache),
    FILE_OF("metrics.mustache", file_metrics_mustache),
    FILE_OF("page.mustache", file_page_mustache),
    FILE_OF("partials/archive.mustache", file_partials_archive_mustache),
    FILE_OF("partials/changes.mustache", file_partials_changes_mustache),
    FILE_OF("partials/commits.mustache", file_partials_commits_mustache),
    FILE_OF("partials/decisions.mustache", file_partials_decisions_mustache),
    FILE_OF("partials/entry.mustache", file_partials_entry_mustache),
    FILE_OF("partials/facts.mustache", file_partials_facts_mustache),
    FILE_OF("partials/freezes.mustache", file_partials_freezes_mustache),
    FILE_OF("partials/gates.mustache", file_partials_gates_mustache),
    FILE_OF("partials/incident.mustache", file_partials_incident_mustache),
    FILE_OF("partials/lifted.mustache", file_partials_lifted_mustache),
    FILE_OF("partials/link.mustache", file_partials_link_mustache),
    FILE_OF("partials/mark.mustache", file_partials_mark_mustache),
    FILE_OF("partials/matrix.mustache", file_partials_matrix_mustache),
    FILE_OF("partials/metrics.mustache", file_partials_metrics_mustache),
    FILE_OF("partials/note.mustache", file_partials_note_mustache),
    FILE_OF("partials/notices.mustache", file_partials_notices_mustache),
    FILE_OF("partials/prose.mustache", file_partials_prose_mustache),
    FILE_OF("partials/released.mustache", file_partials_released_mustache),
    FILE_OF("partials/releases.mustache", file_partials_releases_mustache),
    FILE_OF("partials/sentence.mustache", file_partials_sentence_mustache),
    FILE_OF("partials/sparkline.mustache", file_partials_sparkline_mustache),
    FILE_OF("partials/sprite.mustache", file_partials_sprite_mustache),
    FILE_OF("partials/tide.mustache", file_partials_tide_mustache),
    FILE_OF("partials/time.mustache", file_partials_time_mustache),
    FILE_OF("partials/whereabouts.mustache", file_partials_whereabouts_mustache),
    FILE_OF("pending.mustache", file_pending_mustache),
    FILE_OF("release.mustache", file_release_mustache),
    FILE_OF("run.mustache", file_run_mustache),
    FILE_OF("service.mustache", file_service_mustache),
    FILE_OF("short-lived.mustache", file_short_lived_mustache),
    FILE_OF("skipped.mustache", file_skipped_mustache),
};

size_t theme_file_count(void) { return sizeof files / sizeof files[0]; }

embedded_file theme_file_at(size_t index) { return files[index]; }
