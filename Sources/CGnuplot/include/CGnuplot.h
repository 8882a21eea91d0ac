// gnuplot behind a C interface; C++ ends here.
#pragma once
