/* Two small notices in a database: what most tests of commands need. */
#ifndef MW_TESTS_TWO_H
#define MW_TESTS_TWO_H

#include "tests/program.h"

#define NOTICE(url, title, text)                                                                                        \
    "{\"url\":\"" url "\",\"title\":\"" title "\",\"sections\":[{\"heading\":\"Kurztext\",\"text\":\"" text "\"}]}\n"
static const char TWO[] = NOTICE("https://example.org/a", "Radwege im Quartier",
                                 "Antragsberechtigt sind Gemeinden in Nordrhein-Westfalen. Die Förderung beträgt bis zu 80 Prozent.")
    NOTICE("https://example.org/b", "Spielplätze", "Gefördert werden Spielplätze in Städten.");

static inline const char *write_two(struct scratch *s)
{
    spill(in(s, "two.ndjson"), TWO, sizeof TWO - 1);
    return in(s, "two.ndjson");
}

static inline void import_two(struct scratch *s)
{
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), write_two(s)), 0);
}

#endif
