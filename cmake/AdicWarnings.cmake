# The warnings of every target, as errors, in every build type: -Wnull-dereference and its like
# only see what the optimiser sees, -Wshadow and its like only what Debug keeps.
add_library(adic_warnings INTERFACE)
target_compile_options(adic_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wcast-qual -Wformat=2
  -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Wextra-semi -Wimplicit-fallthrough
  -Wnull-dereference -Wswitch-enum -Werror
  # clang does not know the first three, and takes a defaulted operator<=> for a zero as null pointer.
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op -Wuseless-cast -Wredundant-decls
    -Wzero-as-null-pointer-constant>)

# The code that sanitizers add confuses the warnings that follow values through branches; they are
# errors in the builds without sanitizers.
option(ADIC_SANITIZED "The compiler flags turn sanitizers on" OFF)
if(ADIC_SANITIZED)
  target_compile_options(adic_warnings INTERFACE
    -Wno-null-dereference $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endif()

# Linked after adic_warnings by tests: they take what has to be there, and fail if it is not. They
# run in the folder of the sources, so that what they are compiled with is the same in every clone.
# What they call is optimised; a third of their own time of compilation is not worth its last bit.
add_library(adic_test_options INTERFACE)
target_compile_options(adic_test_options INTERFACE
  -Wno-null-dereference $<$<CONFIG:RelWithDebInfo>:-O1>)
target_compile_definitions(adic_test_options INTERFACE ADIC_SOURCE_DIR=".")
