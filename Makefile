# Thin names for what tools/ and the CMake presets do. `make help` lists them.
export CTEST_PARALLEL_LEVEL ?= $(shell nproc)
export CMAKE_BUILD_PARALLEL_LEVEL ?= $(shell nproc)

.PHONY: help setup setup-tests demo serve web-types test test-sanitizers bench fuzz format check-format check-headers tidy clean

help:
	@echo 'make demo           build the program and show the sample, in the terminal and in a browser'
	@echo 'make serve          open the sample in a browser'
	@echo 'make test           all tests, optimised'
	@echo 'make test-sanitizers  the same under the address, undefined and thread sanitizers'
	@echo 'make bench          build and run the benchmarks'
	@echo 'make fuzz           fuzz every parser with libFuzzer for a minute each'
	@echo 'make format         format our C++ files'
	@echo 'make check-format   say which files are not formatted'
	@echo 'make check-headers  compile every public header by itself'
	@echo 'make tidy           lint the C++ files that differ from main'
	@echo 'make web-types      describe the API to the browser application anew'
	@echo 'make setup          install what the build needs (Debian, as root or with sudo)'
	@echo 'make clean          remove build/'

setup:
	@tools/setup

setup-tests:
	@tools/setup --tests

demo: setup
	@cmake --preset release >/dev/null
	@cmake --build --preset release --target adic
	@tools/demo build/release/bin/adic

serve: setup
	@cmake --preset release >/dev/null
	@cmake --build --preset release --target adic
	@build/release/bin/adic serve

web-types:
	@tools/web_types build/release/bin/adic

test: setup-tests
	cmake --workflow --preset release

test-sanitizers: setup
	cmake --workflow --preset asan
	cmake --workflow --preset tsan

bench: setup
	@cmake --preset release >/dev/null
	@cmake --build --preset release --target benches
	@tools/bench build/release/bench

fuzz:
	@tools/setup --developer
	@cmake --preset fuzz >/dev/null
	@cmake --build --preset fuzz
	@ctest --preset fuzz

format:
	@tools/format

check-format:
	@tools/format --check

check-headers: setup
	@cmake --preset release >/dev/null
	@cmake --build --preset release --target all_verify_interface_header_sets

tidy:
	@tools/tidy

clean:
	rm -rf build
