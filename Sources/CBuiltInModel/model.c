#include "CBuiltInModel.h"

// C23's #embed: the compiler records these files as what the object depends on, so that a build after
// one of them changed takes it in.
static const unsigned char configuration[] = {
#embed "model/config.json"
};
static const unsigned char weights[] = {
#embed "model/model.safetensors"
};
static const unsigned char preprocessing[] = {
#embed "model/preprocessor_config.json"
};
static const unsigned char vocabulary[] = {
#embed "model/vocab.json"
};
static const unsigned char merges[] = {
#embed "model/merges.txt"
};

static const built_in_model_file files[] = {
    {"config.json", configuration, sizeof configuration},
    {"model.safetensors", weights, sizeof weights},
    {"preprocessor_config.json", preprocessing, sizeof preprocessing},
    {"vocab.json", vocabulary, sizeof vocabulary},
    {"merges.txt", merges, sizeof merges},
};

size_t built_in_model_file_count(void) { return sizeof files / sizeof files[0]; }

built_in_model_file built_in_model_file_at(size_t index) { return files[index]; }
