# adic_module(NAME DEPENDS other... USES external... [THREADED])  declares libs/NAME as the library
# adic::NAME.
#
# Each module owns its include folder, so a header can be included only by a module that lists
# its owner in DEPENDS: the compiler checks the dependency diagram. A module may depend only on
# modules declared before it, so libs/CMakeLists.txt reads as the layers, from the bottom up.
# USES names libraries of others; they stay private to the module. THREADED says that the module
# runs threads: its tests also run under the thread sanitizer.
add_library(adic_everything INTERFACE)  # all modules, for programs that stand above them
add_custom_target(threaded_tests)

function(adic_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "THREADED" "" "DEPENDS;USES")

  set(layers_below)
  foreach(module IN LISTS arg_DEPENDS)
    if(NOT TARGET adic::${module})
      message(FATAL_ERROR "adic::${name} depends on adic::${module}, which is not below it")
    endif()
    list(APPEND layers_below adic::${module})
  endforeach()

  file(GLOB_RECURSE sources CONFIGURE_DEPENDS src/*.cpp)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS include/*.hpp)
  add_library(adic_${name} STATIC ${sources})
  add_library(adic::${name} ALIAS adic_${name})
  set_target_properties(adic_${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_sources(adic_${name} PUBLIC FILE_SET HEADERS BASE_DIRS include FILES ${headers})
  target_include_directories(adic_${name} PRIVATE src)
  target_link_libraries(adic_${name} PUBLIC ${layers_below} PRIVATE adic_warnings ${arg_USES})
  target_link_libraries(adic_everything INTERFACE adic::${name})

  file(GLOB_RECURSE tests CONFIGURE_DEPENDS tests/*.cpp)
  if(BUILD_TESTING AND tests)
    add_executable(${name}_test ${tests})
    target_include_directories(${name}_test PRIVATE src tests)
    target_compile_definitions(${name}_test PRIVATE ADIC_TEST_DATA="libs/${name}/tests/data")
    target_link_libraries(${name}_test PRIVATE
      adic::${name} adic_warnings adic_test_options ${arg_USES} GTest::gmock_main)
    if(arg_THREADED)
      set(labels PROPERTIES LABELS threads)
      add_dependencies(threaded_tests ${name}_test)
    endif()
    gtest_discover_tests(${name}_test TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 300
      WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} ${labels})
  endif()
endfunction()
