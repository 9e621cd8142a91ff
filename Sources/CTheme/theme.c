// One entry a file. A test compares this table with the folder, so a forgotten line is found.
#include "CTheme.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char tidemark_css[] = {
#embed "../../templates/assets/tidemark.css"
};

#define FILE_OF(path, bytes) {path, bytes, sizeof bytes}

static const theme_file files[] = {
    FILE_OF("assets/tidemark.css", tidemark_css),
};

size_t theme_file_count(void) { return sizeof files / sizeof files[0]; }

theme_file theme_file_at(size_t index) { return files[index]; }
