/// The default theme: the files of `templates/` as bytes, put into the program by the compiler.
#ifndef CTHEME_H
#define CTHEME_H

#include <stddef.h>

typedef struct {
  const char *path;            ///< relative to `templates/`, with forward slashes
  const unsigned char *bytes;  ///< lives as long as the program
  size_t count;
} theme_file;

/// How many files the theme has.
size_t theme_file_count(void);

/// The file at `index` (0 to count - 1), in the order of the table.
theme_file theme_file_at(size_t index);

#endif
