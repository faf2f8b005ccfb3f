/* Sums by calendar year, for programs and for people. */
#include "apply/plan/show.h"

#include <stdio.h>

#define BLOCK 4 /* years side by side in 80 columns */

void mw_show_cents(struct mw_out *o, const char *key, struct mw_eur e)
{
    struct mw_str s = MW_STR_INIT;

    mw_eur_format(&s, e, mw_out_lang(o));
    mw_out_sv(o, key, NULL, mw_str_sv(&s));
    mw_str_free(&s);
}

void mw_show_years(struct mw_out *o, struct mw_years years, const char *label, const struct mw_year_line *lines, size_t n)
{
    if (mw_out_format(o) == MW_JSON)
        return;
    for (size_t from = 0; from < years.n; from += BLOCK) {
        size_t to = from + BLOCK < years.n ? from + BLOCK : years.n;
        char keys[BLOCK][16];
        struct mw_column cols[BLOCK + 1] = { { ".label", "EUR", false } };
        for (size_t y = from; y < to; y++) {
            snprintf(keys[y - from], sizeof keys[0], ".%d", years.first + (int)y);
            cols[y - from + 1] = (struct mw_column){ keys[y - from], keys[y - from] + 1, true };
        }
        mw_out_table(o, NULL, from == 0 ? label : NULL, cols, to - from + 1);
        for (size_t i = 0; i < n; i++) {
            mw_out_row(o);
            mw_out_sv(o, ".label", NULL, lines[i].label);
            for (size_t y = from; y < to; y++)
                mw_show_cents(o, keys[y - from], lines[i].years[y]);
            mw_out_end(o);
        }
        mw_out_end(o);
    }
}

void mw_show_year_sums(struct mw_out *o, struct mw_years years, const struct mw_eur *sums)
{
    char key[12];

    mw_out_object(o, "years", NULL);
    for (size_t i = 0; i < years.n; i++) {
        snprintf(key, sizeof key, "%d", years.first + (int)i);
        mw_out_eur(o, key, NULL, sums[i]);
    }
    mw_out_end(o);
}
