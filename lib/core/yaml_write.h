/* YAML as this program writes it into people's files: whatever stands in a value, reading gives it back. */
#ifndef MW_CORE_YAML_WRITE_H
#define MW_CORE_YAML_WRITE_H

#include "lib/core/text.h"

/* In double quotes. */
void mw_yaml_add_quoted(struct mw_str *out, struct mw_sv s);
/* Without quotes where that is safe, also between { and }; else in double quotes. */
void mw_yaml_add_scalar(struct mw_str *out, struct mw_sv s);
/* The value of a key at the left margin and its line end: a long text folded over lines. */
void mw_yaml_add_long(struct mw_str *out, struct mw_sv s);
/* A comment, broken at a width; indent stands before each "#". A control character in text ends no line. */
void mw_yaml_add_comment(struct mw_str *out, const char *indent, struct mw_sv text);

#endif
