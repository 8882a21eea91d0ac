# make run     set up, build, and run the built-in experiment: it needs no data
# make test    set up, check the format, run all tests
# make faults  build, and kill, fill and flip what can be
# make static  a program that runs where no Swift is
# make fuzz    all parsers read damaged inputs, for long and under sanitizers
# make documentation  the articles as a site, in .build/documentation

# System packages (Debian 12). A Swift 6.3 toolchain is the only thing to bring.
PACKAGES = libopenblas-dev liblapacke-dev libdnnl-dev libpng-dev libjpeg62-turbo-dev libzip-dev \
	zlib1g-dev nettle-dev libfreetype-dev libsqlite3-dev libhnswlib-dev gnuplot-nox \
	libgnuplot-iostream-dev pkg-config

# What the tests use and the program does not: a browser that loads the report, pip, which brings fonts, a scheduler,
# whose daemons the tests start by themselves, and a clock that goes backwards.
TEST_PACKAGES = chromium python3-pip slurmctld slurmd slurm-client munge faketime

# The Sutton SignWriting fonts (SIL OFL), which the Python package signwriting carries.
FONTS = .build/fonts/SuttonSignWritingLine.ttf

SWIFT_FORMAT = swift format lint --strict --parallel --recursive --configuration .swift-format
SUDO = $(if $(filter 0,$(shell id -u)),,sudo)

# One build for the program and its tests: @testable needs -enable-testing, and two sets of flags would be
# two builds. Release, because numeric code is slow without, and a debug build takes twice as long as this one. Of
# debug information the lines, which backtraces show, and not the types, which are a third of the program.
BUILD = --configuration release -Xswiftc -enable-testing -Xswiftc -gline-tables-only

# The fuzzer under sanitizers. No loop is vectorised under them, of which the compiler warns; gold, the usual linker,
# ends with an error of its own.
FUZZ = swift build --configuration release --product fuzz -Xswiftc -enable-testing \
	-Xswiftc -gline-tables-only -Xcc -Wno-pass-failed
# Seconds for each target and each way to run it.
FUZZ_SECONDS = 600
# As many targets at a time as there are cores; all of them run, and one that finds something fails the whole: xargs
# itself starts no more when a signal has ended a command.
EACH = xargs -P $$(nproc) -I TARGET sh -c '"$$@" || exit 1' fuzz

.PHONY: run build test ready fetch faults fuzz static documentation lint format packages fonts clean

run: build
	.build/release/topoclip sweep

build: packages
	swift build $(BUILD) --product topoclip

test:
	$(MAKE) --no-print-directory --jobs --output-sync ready
	swift build $(BUILD) --build-tests
	swift test $(BUILD) --skip-build --disable-xctest

# What the network and the disk are waited for by, and what needs neither, at once: none needs another, but pip.
ready: PACKAGES += $(TEST_PACKAGES)
ready: packages fetch lint
	-$(MAKE) --no-print-directory fonts

fetch:
	swift package resolve

# Everything that a machine can do to a run, MOMENTS times each (fifty): half an hour. A few of each are part of the
# tests.
faults: build
	for script in Tests/Faults/*.sh; do bash $$script || exit 1; done

# The program without a need for Swift's libraries, for machines that have none: .build-static/release/topoclip.
static: packages
	swift build --configuration release --static-swift-stdlib --product topoclip \
		--scratch-path .build-static

# Without sanitizers a million executions a target; with those of addresses and of undefined behaviour (C and C++) as
# libFuzzer finds new paths; with that of threads what is shared by eight.
fuzz: packages
	swift build $(BUILD) --product fuzz
	.build/release/fuzz | $(EACH) .build/release/fuzz TARGET --runs 1000000 --seconds $(FUZZ_SECONDS)
	$(FUZZ) --scratch-path .build-fuzz/address -Xswiftc -DLIBFUZZER -Xswiftc -sanitize=fuzzer,address \
		-Xswiftc -use-ld=lld -Xcc -fsanitize=fuzzer-no-link,address,undefined \
		-Xcc -fno-sanitize-recover=undefined -Xcc -fno-sanitize=vptr
	.build-fuzz/address/release/fuzz | ASAN_OPTIONS=detect_leaks=0 $(EACH) .build-fuzz/address/release/fuzz TARGET \
		--cover -max_total_time=$(FUZZ_SECONDS) -timeout=10 -malloc_limit_mb=256 -rss_limit_mb=4096 \
		-artifact_prefix=.build-fuzz/
	$(FUZZ) --scratch-path .build-fuzz/thread --sanitize thread
	clang -shared -fPIC -O2 -Wall -Wextra -Werror -o .build-fuzz/mutex.so Tests/Fuzz/Threads/mutex.c
	LD_PRELOAD=$(CURDIR)/.build-fuzz/mutex.so .build-fuzz/thread/release/fuzz all --threads 8 --runs 100000 \
		--seconds $(FUZZ_SECONDS) --slowest 30 --growth 4096

# docc comes with the toolchain. A warning, such as a link that leads nowhere, is an error.
documentation:
	mkdir -p .build
	docc convert Sources/topoclip/topoclip.docc --output-path .build/documentation --warnings-as-errors

lint:
	$(SWIFT_FORMAT) Package.swift Sources Tests

format:
	swift format --in-place --parallel --recursive --configuration .swift-format \
		Package.swift Sources Tests

# Installs what is missing; asks nothing of the system when nothing is. In runlevel 1 a package starts no daemon, which
# would fail where there is no configuration for it.
packages:
	@missing=$$(for p in $(PACKAGES); do \
		dpkg-query --show --showformat='$${db:Status-Status}' $$p 2>/dev/null | grep -qx installed \
			|| echo $$p; done); \
	if [ -n "$$missing" ]; then \
		echo installing $$missing; \
		$(SUDO) apt-get update && $(SUDO) env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
			apt-get install --yes --no-install-recommends $$missing; \
	fi

# Without them the tests of real fonts say that they are left out.
fonts: $(FONTS)

$(FONTS):
	python3 -m pip download --quiet --no-deps --dest .build/fonts signwriting==0.1.19
	cd .build/fonts && python3 -m zipfile -e signwriting-*.whl package \
		&& mv package/signwriting/visualizer/*.ttf . && rm -r package

clean:
	rm -rf .build .build-static .build-fuzz
