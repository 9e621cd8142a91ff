// Written by .ci/embed from the files of the folder.
#include "CTheme.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file_incidents_2026_03_12_late_links_md[] = {
#embed "starter/incidents/2026-03-12-late-links.md"
};
static const unsigned char file_index_md[] = {
#embed "starter/index.md"
};
static const unsigned char file_releases_api_1_0_0_md[] = {
#embed "starter/releases/api/1.0.0.md"
};
static const unsigned char file_releases_api_1_1_0_md[] = {
#embed "starter/releases/api/1.1.0.md"
};
static const unsigned char file_releases_site_9_md[] = {
#embed "starter/releases/site/9.md"
};
static const unsigned char file_runs_api_41_json[] = {
#embed "starter/runs/api-41.json"
};
static const unsigned char file_runs_api_42_json[] = {
#embed "starter/runs/api-42.json"
};
static const unsigned char file_runs_site_jsonl[] = {
#embed "starter/runs/site.jsonl"
};
static const unsigned char file_tidemark_yml[] = {
#embed "starter/tidemark.yml"
};

#define FILE_OF(path, bytes) {path, bytes, sizeof bytes}

static const embedded_file files[] = {
    FILE_OF("incidents/2026-03-12-late-links.md", file_incidents_2026_03_12_late_links_md),
    FILE_OF("index.md", file_index_md),
    FILE_OF("releases/api/1.0.0.md", file_releases_api_1_0_0_md),
    FILE_OF("releases/api/1.1.0.md", file_releases_api_1_1_0_md),
    FILE_OF("releases/site/9.md", file_releases_site_9_md),
    FILE_OF("runs/api-41.json", file_runs_api_41_json),
    FILE_OF("runs/api-42.json", file_runs_api_42_json),
    FILE_OF("runs/site.jsonl", file_runs_site_jsonl),
    FILE_OF("tidemark.yml", file_tidemark_yml),
};

size_t starter_file_count(void) { return sizeof files / sizeof files[0]; }

embedded_file starter_file_at(size_t index) { return files[index]; }
