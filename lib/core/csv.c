#include "lib/core/csv.h"

struct mw_csv mw_csv_begin(struct mw_str *out, enum mw_lang lang)
{
    if (lang == MW_DE)
        mw_str_addz(out, "\xEF\xBB\xBF");
    return (struct mw_csv){ out, lang == MW_DE ? ';' : ',', false };
}

static void next_cell(struct mw_csv *c)
{
    if (c->within)
        mw_str_addc(c->out, c->separator);
    c->within = true;
}

void mw_csv_text(struct mw_csv *c, struct mw_sv text)
{
    next_cell(c);
    mw_str_addc(c->out, '"');
    if (text.n > 0 && (text.p[0] == '=' || text.p[0] == '+' || text.p[0] == '-' || text.p[0] == '@' || (unsigned char)text.p[0] < ' '))
        mw_str_addc(c->out, '\'');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            mw_str_addc(c->out, '"');
        mw_str_addc(c->out, text.p[i]);
    }
    mw_str_addc(c->out, '"');
}

void mw_csv_plain(struct mw_csv *c, const char *word)
{
    next_cell(c);
    mw_str_addz(c->out, word);
}

void mw_csv_end_row(struct mw_csv *c)
{
    mw_str_addz(c->out, "\r\n");
    c->within = false;
}
