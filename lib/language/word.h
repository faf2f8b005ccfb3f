/* Words as they stand in a text, before they are folded. Private to the room. */
#ifndef MW_LANGUAGE_WORD_H
#define MW_LANGUAGE_WORD_H

#include "lib/core/text.h"

#define MW_WORD_MAX ((size_t)160) /* bytes of a word that count; what a longer one has behind them is passed over */

struct mw_word {
    size_t begin, end;      /* in the text, hyphens at its ends left out */
    bool leads, trails;     /* "-ausgaben", "Bau-": a part is said elsewhere */
    bool hyphened;          /* "KfW-Programm": hyphens within */
    bool digits;            /* a number, or letters and digits: never stemmed */
};
/* The first word at or after *at, which is moved behind it. false: there is none. A word is letters and digits with soft
 * hyphens, and with what joins them: hyphens ("E-Mobilität"), stops in numbers and abbreviations ("5.000", "z.B."), & in
 * "F&E", a + at its end ("ESF+"), brackets in "Maßnahme(n)beginn", the mark of "Bürger:innen". "§" is a word. */
bool mw_word_next(struct mw_sv text, size_t *at, struct mw_word *w);

/* The letters and digits of w (one piece, without hyphens) appended to out: brackets, marks of gender with what follows
 * them, and stops that group digits are left out. */
void mw_word_letters(struct mw_str *out, struct mw_sv w);
/* Cuts the next piece off a word with hyphens; false: none is left. */
bool mw_word_piece(struct mw_sv *rest, struct mw_sv *piece);

#endif
