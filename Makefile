# make site    install what is missing, build the program, build the example site into public/
# make test    install what the tests need and run all of them
# make compare what a change does to whole sites: WITH=COMMIT, or WITH=PROGRAM that is built; SITES=REGEX takes some of them
# make fuzz    look for inputs that break a reader: TARGET=json SECONDS=600; all targets without TARGET
# make check   format, warnings as errors, no ICU, same bytes
# RECORD=1 make test  records the sites of Tests/Program/trees anew
# make static  one stripped static program: .build/tidemark

SHELL := /bin/bash
SWIFT ?= swift
# The example's clock: its story ends here.
AS_OF := 2026-03-31T09:40:00Z
LIBRARIES := libcmark-dev libyaml-dev libexpat1-dev libmd-dev pkg-config tzdata
# Pages are measured with a narrow and a wide font, and no other.
FONTS := fonts-roboto-unhinted fonts-dejavu-core
# libatomic1: playwright brings a Node.js that needs it.
TEST_PACKAGES := chromium libatomic1 default-jre-headless nginx python3-venv binutils jq git $(FONTS)
PYTHON := .venv/bin/python

.PHONY: site test compare fuzz check static benchmark screenshots lint format clean

site: libraries tables
	$(SWIFT) build -c release --product tidemark
	.build/release/tidemark build --as-of $(AS_OF)

test: libraries tables test-packages $(PYTHON)
	$(SWIFT) build --product tidemark
	$(SWIFT) test --parallel
	$(PYTHON) -m pytest -q -n auto --dist worksteal Tests/Program
	.ci/fuzz

compare: libraries tables $(PYTHON)
	$(SWIFT) build --product tidemark
	SWIFT='$(SWIFT)' $(PYTHON) Tests/Program/compare.py '$(WITH)' '$(SITES)'

fuzz: libraries
	.ci/fuzz '$(TARGET)' $(or $(SECONDS),60)

check: libraries lint static
	TIDEMARK_STRICT=1 $(SWIFT) build --build-tests
	.ci/check-static .build/tidemark
	.ci/check-same-bytes .build/tidemark $(AS_OF)

static: libraries tables
	.ci/need binutils
	$(SWIFT) build -c release --product tidemark -Xswiftc -static-executable --scratch-path .build-static
	strip -o .build-static/tidemark .build-static/release/tidemark
	mkdir -p .build && cp .build-static/tidemark .build/tidemark

benchmark: libraries
	$(SWIFT) run -c release benchmark

# The pictures of the README, from the example that `make site` built.
screenshots: site $(PYTHON)
	.ci/need pngquant
	.ci/screenshots

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests

# The files of templates/ and the like, listed for the compiler.
.PHONY: tables
tables:
	@.ci/embed

.PHONY: libraries
libraries:
	@.ci/need $(LIBRARIES)

# Each time, and not with the environment alone: the list may have grown since.
.PHONY: test-packages
test-packages:
	@.ci/need $(TEST_PACKAGES)

$(PYTHON): Tests/Program/requirements.txt | test-packages
	python3 -m venv .venv
	.venv/bin/pip install -q --disable-pip-version-check -r Tests/Program/requirements.txt
	@touch $@

clean:
	rm -rf .build .build-static .build-fuzz .build-compare .venv
