#include "CVersion.h"

#ifndef TOPOCLIP_COMMIT
#define TOPOCLIP_COMMIT "unknown"
#endif

const char *topoclip_commit(void) { return TOPOCLIP_COMMIT; }
