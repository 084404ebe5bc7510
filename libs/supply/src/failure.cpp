#include "adic/supply/failure.hpp"
