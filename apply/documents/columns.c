/* How wide the columns of a paper's table are: as weighted, but none narrower than its longest word, so that no date and no sum
 * breaks in the middle. */
#include "apply/documents/paper.h"

#include <string.h>

/* Width of a character in thousandths of an em, as in Arial; roughly, by kind. */
static int char_width(unsigned char c)
{
    if (c >= 0x80)
        return c >= 0xC0 ? 560 : 0; /* the first byte of a letter stands for all of them */
    if (c >= '0' && c <= '9')
        return 556;
    if (strchr("mwMW%@", c) != NULL)
        return 850;
    if (strchr("ijlftrI.,:;|!()[]'/", c) != NULL)
        return 290;
    return c >= 'A' && c <= 'Z' ? 690 : 540;
}

static int word_width(struct mw_sv word, bool bold)
{
    int width = 0;

    for (size_t i = 0; i < word.n; i++)
        width += char_width((unsigned char)word.p[i]);
    return bold ? width + width / 14 : width;
}

static void widest_of(struct mw_sv text, bool bold, struct mw_widest *best)
{
    for (size_t from = 0, i = 0; i <= text.n; i++) {
        if (i < text.n && strchr(" \t\n-", text.p[i]) == NULL)
            continue;
        struct mw_sv word = mw_sv_sub(text, from, i - from + (i < text.n && text.p[i] == '-'));
        int width = word_width(word, bold);
        if (width > best->width)
            *best = (struct mw_widest){ word, bold, width };
        from = i + 1;
    }
}

struct mw_widest mw_paper_widest(const struct mw_paper_table *t, size_t col)
{
    struct mw_widest best = { MW_SV(""), false, 0 };

    widest_of(t->heads[col], true, &best);
    for (size_t i = 0; i < t->rows.n; i++) {
        const struct mw_paper_row *r = MW_AT(t->rows, struct mw_paper_row, i);
        widest_of(r->cells[col], r->sum, &best);
    }
    return best;
}

void mw_paper_fit(const struct mw_paper_table *t, int total, const int *need, int *widths)
{
    int64_t weights = 0, needs = 0;
    int left = total;
    bool again = true;

    for (size_t c = 0; c < t->n; c++) {
        needs += need[c];
        widths[c] = 0;
    }
    if (needs > total) { /* something has to break: all give way alike */
        for (size_t c = 0; c < t->n; c++)
            widths[c] = (int)((int64_t)total * need[c] / needs);
        return;
    }
    while (again) { /* who would get too little gets what it needs; the others share the rest */
        again = false;
        weights = 0;
        for (size_t c = 0; c < t->n; c++)
            weights += widths[c] == 0 ? t->weights[c] : 0;
        for (size_t c = 0; c < t->n; c++)
            if (widths[c] == 0 && (int64_t)left * t->weights[c] < need[c] * weights) {
                widths[c] = need[c];
                left -= need[c];
                again = true;
                break;
            }
    }
    for (size_t c = 0; c < t->n; c++)
        if (widths[c] == 0)
            widths[c] = weights > 0 ? (int)((int64_t)left * t->weights[c] / weights) : 0;
}
