#pragma once
#include <stdio.h>  // before jpeglib.h, which uses FILE and size_t
#include <jpeglib.h>
#include <jerror.h>
