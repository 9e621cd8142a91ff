// One entry a file. A test compares this table with the folder, so a forgotten line is found.
#include "CTheme.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file_tidemark_yml[] = {
#embed "starter/tidemark.yml"
};

#define FILE_OF(path, bytes) {path, bytes, sizeof bytes}

static const embedded_file files[] = {
    FILE_OF("tidemark.yml", file_tidemark_yml),
};

size_t starter_file_count(void) { return sizeof files / sizeof files[0]; }

embedded_file starter_file_at(size_t index) { return files[index]; }
