# Mittelweg. `make` builds ./mittelweg; `make help` lists the rest.
#   CC=clang      another compiler          SAN=1   address and undefined-behaviour sanitizers
#   CI=1          warnings are errors       BUILD=  where objects go (build, or build-san with SAN=1)
PREFIX ?= /usr/local
DATA    = $(PREFIX)/share/mittelweg
MAN     = $(PREFIX)/share/man
SHARED ?= ../shared
BUILD  ?= build$(if $(SAN),-san)$(if $(FUZZ),-fuzz)
SECONDS ?= 60

# --- packages -------------------------------------------------------------------------------------------------------
LINKED = libpcre2-8 sqlite3 yaml-0.1 jansson yajl libutf8proc libseccomp zlib libzstd libsodium libpsl libidn2
LOADED = libcurl libcrypto libxml-2.0 libzip xlsxwriter libical pangocairo # when a command needs them (lib/core/library.h)
PKGS   = $(LINKED) $(LOADED)
DEPS   = build-essential pkg-config libcurl4-openssl-dev libssl-dev libxml2-dev libpcre2-dev libsqlite3-dev libcmocka-dev libyaml-dev \
         libjansson-dev libyajl-dev libzip-dev libxlsxwriter-dev libical-dev libmicrohttpd-dev libsodium-dev libstemmer-dev \
         libutf8proc-dev libpsl-dev libidn2-dev libseccomp-dev zlib1g-dev libzstd-dev libcairo2-dev libpango1.0-dev \
         wngerman poppler-utils publicsuffix tzdata fonts-dejavu-core
DEPS_DEV    = clang clang-tidy cppcheck bear libclang-rt-14-dev valgrind gcovr libxml2-utils sqlite3 nghttp2-server wrk \
         wget2 zip unzip qpdf lintian scdoc mandoc gettext glpk-utils hyperfine
DEPS_OFFICE = libreoffice-writer-nogui libreoffice-calc-nogui fonts-liberation2
APT    = $(if $(filter 0,$(shell id -u)),,sudo) apt-get

# --- sources: one wildcard a room -------------------------------------------------------------------------------------
ROOMS  = lib/core lib/model lib/language lib/parse lib/places crawler rules/engine intake index apply/plan apply/documents web
SRC    = $(wildcard $(addsuffix /*.c,$(ROOMS)))
CLI    = $(wildcard cli/*.c)
FUZZERS = $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
TESTS  = $(patsubst tests/%.c,%,$(wildcard tests/test_*.c))
TWICE  = test_kill test_spellings test_tour # drive what others drive; not again under sanitizers, CI has minutes
OBJ    = $(SRC:%.c=$(BUILD)/%.o) $(patsubst %.c,$(BUILD)/%.o,$(filter-out cli/main.c,$(CLI))) $(BUILD)/messages_de.o

WARN   = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 -Wcast-qual \
         -Wundef -Wvla -Wnull-dereference $(if $(CI),-Werror) # newer compilers warn anew
DEBUG  = -g
ifdef SAN # the plain build has warned already, and places in the source are all that a report needs: half the time to compile
WARN   =
DEBUG  = -g1
HARD   = -O1 -fno-omit-frame-pointer -fno-sanitize-recover=all -fsanitize=address,undefined -DMW_SAN=1
LINK   = -fsanitize=address,undefined
else ifdef FUZZ
CC     = clang
HARD   = -O1 -fno-omit-frame-pointer -fno-sanitize-recover=all -fsanitize=fuzzer-no-link,address,undefined -DMW_SAN=1
LINK   = -fsanitize=fuzzer,address,undefined
else
HARD   = -O2 -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fPIE
LINK   = -pie -Wl,-z,relro -Wl,-z,now
endif
HAVE   = $(shell pkg-config --exists $(PKGS) cmocka 2>/dev/null && echo yes)
CFLAGS = -std=c17 -D_GNU_SOURCE -I. -I$(BUILD) $(DEBUG) -MMD -MP $(WARN) $(HARD) -DMW_PREFIX_DATA='"$(DATA)"' \
         $(shell pkg-config --cflags $(PKGS) 2>/dev/null | sed 's/-I/-isystem /g')
LIBS   = $(shell pkg-config --libs $(LINKED) 2>/dev/null) -lstemmer -lm
LIBS_TEST = $(shell pkg-config --libs libxml-2.0 libzip libical 2>/dev/null) # they read what was written

.PHONY: all help deps deps-dev deps-office demo test san fuzz lint layers eval bench install uninstall clean
all: mittelweg$(if $(SAN),-san)

help:
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 20

# Missing packages are installed once, by themselves; `make deps` says the same by hand.
ifneq ($(HAVE),yes)
ifeq ($(filter deps deps-dev deps-office help clean layers,$(MAKECMDGOALS)),)
$(info Packages are missing; installing them with `make deps` ...)
ifneq ($(shell $(MAKE) deps >&2 && pkg-config --exists $(PKGS) cmocka && echo yes),yes)
$(error Could not install the packages. Install by hand as root: apt-get install $(DEPS))
endif
endif
endif

mittelweg mittelweg-san: $(BUILD)/cli/main.o $(BUILD)/libmittelweg.a
	@echo "LD $@"; $(CC) $(LINK) $^ $(LIBS) -o $@
$(BUILD)/libmittelweg.a: $(OBJ)
	@rm -f $@ && ar rcs $@ $^
	@nm -g --defined-only $@ | awk '$$2 ~ /^[TDBR]$$/ && seen[$$3]++ { print "two things are called " $$3; bad = 1 } END { exit bad }' || { rm -f $@; exit 1; }
$(BUILD)/lib/core/sonames.h: Makefile # the file that a program linked with each of LOADED would ask for: MW_SONAME_CURL "libcurl.so.4"
	@mkdir -p $(@D)
	@for p in $(LOADED); do \
	    l=$$(pkg-config --libs-only-l $$p | sed 's/ .*//; s/^-l//'); objdump -p "$$($(CC) -print-file-name=lib$$l.so)" | \
	    awk -v l="$$l" '/SONAME/ { l = toupper(l); gsub(/[^A-Z0-9]/, "_", l); printf "#define MW_SONAME_%s \"%s\"\n", l, $$2 }'; done > $@
$(BUILD)/%.o: %.c | $(BUILD)/lib/core/sonames.h
	@mkdir -p $(@D)
	@echo "CC $<"; $(CC) $(CFLAGS) -c $< -o $@
$(BUILD)/lib/language/lexicon.o: config/lexicon.txt # built into it
$(BUILD)/messages_de.c: tools/po2c $(wildcard po/de/*.po)
	@mkdir -p $(@D)
	LC_ALL=C awk -f tools/po2c $(wildcard po/de/*.po) > $@
$(BUILD)/messages_de.o: $(BUILD)/messages_de.c
	@$(CC) $(CFLAGS) -c $< -o $@
$(BUILD)/bench_%: $(BUILD)/tools/bench_%.o $(BUILD)/libmittelweg.a
	@echo "LD $@"; $(CC) $(LINK) $^ $(LIBS) -o $@
$(BUILD)/bench_%: $(BUILD)/tests/bench_%.o $(BUILD)/libmittelweg.a
	@echo "LD $@"; $(CC) $(LINK) $^ $(LIBS) -o $@
$(BUILD)/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/libmittelweg.a
	@echo "LD $@"; $(CC) $(LINK) $^ $(LIBS) -o $@
$(BUILD)/test_%: $(BUILD)/tests/test_%.o $(BUILD)/libmittelweg.a
	@echo "LD $@"; $(CC) $(LINK) $^ $(LIBS) -Wl,--as-needed $(LIBS_TEST) -lcmocka -lmicrohttpd -o $@

deps: ## install the packages that building, demo and tests need (Debian; root or sudo)
	$(APT) update && $(APT) install -y --no-install-recommends $(DEPS)
deps-dev: ## ... that checking needs: clang-tidy, cppcheck, sanitizers
	$(APT) update && $(APT) install -y --no-install-recommends $(DEPS_DEV)
deps-office: ## ... that checks the documents: LibreOffice
	$(APT) update && $(APT) install -y --no-install-recommends $(DEPS_OFFICE)

$(BUILD)/serve: tools/serve.c
	@mkdir -p $(@D)
	@echo "LD $@"; $(CC) $(CFLAGS) $(LINK) $< -lmicrohttpd -o $@
demo: mittelweg $(BUILD)/serve ## a tour on our own example data, from notice to application bundle
	SERVE=$(BUILD)/serve sh tools/demo.sh
test: mittelweg$(if $(SAN),-san) $(BUILD)/serve $(if $(T),$(BUILD)/test_$(T),$(TESTS:%=$(BUILD)/%)) ## all tests; T=name runs one
	SHARED=$(SHARED) MITTELWEG=./mittelweg SERVE=$(BUILD)/serve sh tests/run.sh $(if $(T),$(BUILD)/test_$(T),$(TESTS:%=$(BUILD)/%))
san: ## the tests under address and undefined-behaviour sanitizers
	$(MAKE) SAN=1 san-run
san-run: mittelweg$(if $(SAN),-san) $(BUILD)/serve $(if $(T),$(BUILD)/test_$(T),$(patsubst %,$(BUILD)/%,$(filter-out $(TWICE),$(TESTS))))
	SHARED=$(SHARED) MITTELWEG=./mittelweg-san SERVE=$(BUILD)/serve sh tests/run.sh $(if $(T),$(BUILD)/test_$(T),$(patsubst %,$(BUILD)/%,$(filter-out $(TWICE),$(TESTS))))
fuzz: ## hostile bytes to every reader, SECONDS=60 in all, with clang's libFuzzer and sanitizers; T=name runs one
	$(MAKE) FUZZ=1 fuzz-run
fuzz-run: $(if $(T),$(BUILD)/fuzz_$(T),$(FUZZERS:%=$(BUILD)/%))
	SHARED=$(SHARED) BUILD=$(BUILD) sh tests/fuzz/run.sh $(SECONDS) $^
layers: ## which room includes which
	sh tools/layers.sh
lint: $(BUILD)/lib/core/sonames.h ## clang-tidy and cppcheck over everything
	sh tools/messages.sh
	PKGS='$(PKGS)' WARN='$(filter-out -Werror,$(WARN))' sh tools/lint.sh $(SRC) $(CLI)
eval: mittelweg ## quality numbers on the development gold sets
	SHARED=$(SHARED) sh tools/eval.sh
$(BUILD)/bench_pages: tools/bench_pages.c
	@mkdir -p $(@D)
	@echo "LD $@"; $(CC) $(CFLAGS) $(LINK) $< $(shell pkg-config --libs libcurl libxml-2.0 libcrypto libzstd sqlite3 2>/dev/null) -o $@
bench: mittelweg $(BUILD)/bench_rules $(BUILD)/bench_run $(BUILD)/bench_pages $(BUILD)/serve ## speed numbers
	SHARED=$(SHARED) sh tools/bench.sh

install: mittelweg
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(DATA)
	install -m 755 mittelweg $(DESTDIR)$(PREFIX)/bin/mittelweg
	install -d $(DESTDIR)$(MAN)/man1 $(DESTDIR)$(MAN)/de/man1
	./mittelweg help --format man --lang en > $(DESTDIR)$(MAN)/man1/mittelweg.1
	./mittelweg help --format man --lang de > $(DESTDIR)$(MAN)/de/man1/mittelweg.1
	find rules config -type f ! -path 'rules/engine/*' ! -name layers | while read -r f; do \
	    install -D -m 644 "$$f" "$(DESTDIR)$(DATA)/$$f"; done
uninstall:
	rm -rf $(DESTDIR)$(PREFIX)/bin/mittelweg $(DESTDIR)$(DATA) $(DESTDIR)$(MAN)/man1/mittelweg.1 $(DESTDIR)$(MAN)/de/man1/mittelweg.1
clean: ## remove everything that was built
	rm -rf build build-san build-fuzz mittelweg mittelweg-san compile_commands.json

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.SECONDARY:
