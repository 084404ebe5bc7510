#include "adic/supply/bottlenecks.hpp"
