#pragma once

/// The commit this program was built from, with a plus sign when files differed from it.
const char *_Nonnull topoclip_commit(void);
