#include "adic/solver/model.hpp"
