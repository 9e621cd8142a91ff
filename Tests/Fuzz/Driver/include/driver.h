// libFuzzer's entry for programs that bring their own main.
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*target)(const uint8_t *data, size_t size));

/// libFuzzer's own changes to `data`, which has room for `maximum` bytes; the new size.
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maximum);
