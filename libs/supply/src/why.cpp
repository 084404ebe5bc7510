#include "adic/supply/why.hpp"
