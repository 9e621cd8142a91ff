/// The files that the program carries, put into it by the compiler: the default theme, and the content of `init`.
#ifndef CTHEME_H
#define CTHEME_H

#include <stddef.h>

typedef struct {
  const char *path;            ///< relative to its folder, with forward slashes
  const unsigned char *bytes;  ///< lives as long as the program
  size_t count;
} embedded_file;

/// How many files a folder has, and the file at an index (0 to count - 1) in the order of its table.
size_t theme_file_count(void);
embedded_file theme_file_at(size_t index);

size_t starter_file_count(void);
embedded_file starter_file_at(size_t index);

#endif
