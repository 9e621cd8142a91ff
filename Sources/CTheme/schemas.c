// Written by .ci/embed from the files of the folder.
#include "CTheme.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file_audit_schema_json[] = {
#embed "schemas/audit.schema.json"
};
static const unsigned char file_build_schema_json[] = {
#embed "schemas/build.schema.json"
};
static const unsigned char file_changelog_schema_json[] = {
#embed "schemas/changelog.schema.json"
};
static const unsigned char file_compare_schema_json[] = {
#embed "schemas/compare.schema.json"
};
static const unsigned char file_deployments_schema_json[] = {
#embed "schemas/deployments.schema.json"
};
static const unsigned char file_environments_schema_json[] = {
#embed "schemas/environments.schema.json"
};
static const unsigned char file_explain_schema_json[] = {
#embed "schemas/explain.schema.json"
};
static const unsigned char file_incidents_schema_json[] = {
#embed "schemas/incidents.schema.json"
};
static const unsigned char file_metrics_schema_json[] = {
#embed "schemas/metrics.schema.json"
};
static const unsigned char file_pending_schema_json[] = {
#embed "schemas/pending.schema.json"
};
static const unsigned char file_releases_schema_json[] = {
#embed "schemas/releases.schema.json"
};
static const unsigned char file_runs_schema_json[] = {
#embed "schemas/runs.schema.json"
};
static const unsigned char file_search_schema_json[] = {
#embed "schemas/search.schema.json"
};
static const unsigned char file_summary_schema_json[] = {
#embed "schemas/summary.schema.json"
};

#define FILE_OF(path, bytes) {path, bytes, sizeof bytes}

static const embedded_file files[] = {
    FILE_OF("audit.schema.json", file_audit_schema_json),
    FILE_OF("build.schema.json", file_build_schema_json),
    FILE_OF("changelog.schema.json", file_changelog_schema_json),
    FILE_OF("compare.schema.json", file_compare_schema_json),
    FILE_OF("deployments.schema.json", file_deployments_schema_json),
    FILE_OF("environments.schema.json", file_environments_schema_json),
    FILE_OF("explain.schema.json", file_explain_schema_json),
    FILE_OF("incidents.schema.json", file_incidents_schema_json),
    FILE_OF("metrics.schema.json", file_metrics_schema_json),
    FILE_OF("pending.schema.json", file_pending_schema_json),
    FILE_OF("releases.schema.json", file_releases_schema_json),
    FILE_OF("runs.schema.json", file_runs_schema_json),
    FILE_OF("search.schema.json", file_search_schema_json),
    FILE_OF("summary.schema.json", file_summary_schema_json),
};

size_t schema_file_count(void) { return sizeof files / sizeof files[0]; }

embedded_file schema_file_at(size_t index) { return files[index]; }
