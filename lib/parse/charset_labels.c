/* Labels as the Encoding Standard (encoding.spec.whatwg.org, "Names and labels") maps them, and a few misspelt ones. Charsets of several
 * bytes are not read, which is said: guessed at they would be gibberish. A label that nobody knows says nothing. */
#include "lib/parse/charset_labels.h"

static const struct {
    struct mw_charset is;
    const char *labels; /* a blank between them */
} CHARSETS[] = {
    { { "utf-8", MW_CS_UTF8 }, "unicode-1-1-utf-8 utf-8 utf8 unicode11utf8 unicode20utf8 x-unicode20utf8" },
    { { "windows-1252", MW_CS_WINDOWS_1252 }, "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1"
        " iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252"
        " ansi latin-1 iso8859_1" },
    { { "ibm866", MW_CS_TABLE }, "866 cp866 csibm866 ibm866" },
    { { "iso-8859-2", MW_CS_TABLE }, "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2"
        " iso_8859-2:1987 l2 latin2" },
    { { "iso-8859-3", MW_CS_TABLE }, "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3"
        " iso_8859-3:1988 l3 latin3" },
    { { "iso-8859-4", MW_CS_TABLE }, "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4"
        " iso_8859-4:1988 l4 latin4" },
    { { "iso-8859-5", MW_CS_TABLE }, "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595"
        " iso_8859-5 iso_8859-5:1988" },
    { { "iso-8859-6", MW_CS_TABLE }, "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6"
        " iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987" },
    { { "iso-8859-7", MW_CS_TABLE }, "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126"
        " iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek" },
    { { "iso-8859-8", MW_CS_TABLE }, "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138"
        " iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual" },
    { { "iso-8859-8", MW_CS_TABLE }, "csiso88598i iso-8859-8-i logical" },
    { { "iso-8859-10", MW_CS_TABLE }, "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6" },
    { { "iso-8859-13", MW_CS_TABLE }, "iso-8859-13 iso8859-13 iso885913" },
    { { "iso-8859-14", MW_CS_TABLE }, "iso-8859-14 iso8859-14 iso885914" },
    { { "iso-8859-15", MW_CS_TABLE }, "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 latin9 latin-9 iso8859_15" },
    { { "iso-8859-16", MW_CS_TABLE }, "iso-8859-16" },
    { { "koi8-r", MW_CS_TABLE }, "cskoi8r koi koi8 koi8-r koi8_r" },
    { { "koi8-u", MW_CS_TABLE }, "koi8-u koi8-ru" },
    { { "macintosh", MW_CS_TABLE }, "csmacintosh mac macintosh x-mac-roman" },
    { { "windows-874", MW_CS_TABLE }, "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874" },
    { { "windows-1250", MW_CS_TABLE }, "cp1250 windows-1250 x-cp1250" },
    { { "windows-1251", MW_CS_TABLE }, "cp1251 windows-1251 x-cp1251" },
    { { "windows-1253", MW_CS_TABLE }, "cp1253 windows-1253 x-cp1253" },
    { { "windows-1254", MW_CS_TABLE }, "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9"
        " iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254" },
    { { "windows-1255", MW_CS_TABLE }, "cp1255 windows-1255 x-cp1255" },
    { { "windows-1256", MW_CS_TABLE }, "cp1256 windows-1256 x-cp1256" },
    { { "windows-1257", MW_CS_TABLE }, "cp1257 windows-1257 x-cp1257" },
    { { "windows-1258", MW_CS_TABLE }, "cp1258 windows-1258 x-cp1258" },
    { { "mac-cyrillic", MW_CS_TABLE }, "x-mac-cyrillic x-mac-ukrainian" },
    { { "gbk", MW_CS_UNREAD }, "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk" },
    { { "gb18030", MW_CS_UNREAD }, "gb18030" },
    { { "hz-gb-2312", MW_CS_UNREAD }, "hz-gb-2312" },
    { { "big5", MW_CS_UNREAD }, "big5 big5-hkscs cn-big5 csbig5 x-x-big5" },
    { { "euc-jp", MW_CS_UNREAD }, "cseucpkdfmtjapanese euc-jp x-euc-jp" },
    { { "iso-2022-jp", MW_CS_UNREAD }, "csiso2022jp iso-2022-jp" },
    { { "shift_jis", MW_CS_UNREAD }, "csshiftjis ms_kanji shift-jis shift_jis sjis windows-31j x-sjis ms932" },
    { { "euc-kr", MW_CS_UNREAD }, "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989"
        " ksc5601 ksc_5601 windows-949" },
    { { "iso-2022-kr", MW_CS_UNREAD }, "csiso2022kr iso-2022-kr iso-2022-cn iso-2022-cn-ext" },
    { { "utf-16be", MW_CS_UTF16BE }, "utf-16be unicodefffe" },
    { { "utf-16le", MW_CS_UTF16LE }, "utf-16 utf-16le csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff" },
    { { "x-user-defined", MW_CS_UNREAD }, "x-user-defined" },
    { { "utf-32", MW_CS_UNREAD }, "utf-32 utf-32le utf-32be utf32" },
};

static bool holds(struct mw_sv labels, struct mw_sv label)
{
    struct mw_sv one;
    bool found = false;
    for (bool more = true; more && !found;) {
        more = mw_sv_cut(labels, ' ', &one, &labels);
        found = mw_sv_ieq(one, label);
    }
    return found;
}

const struct mw_charset *mw_charset_find(struct mw_sv label)
{
    label = mw_sv_trim(label);
    while (label.n > 1 && (label.p[0] == '"' || label.p[0] == '\''))
        label = mw_sv_n(label.p + 1, label.n - 1 - (label.p[label.n - 1] == label.p[0]));
    for (size_t i = 0; label.n > 0 && i < sizeof CHARSETS / sizeof *CHARSETS; i++)
        if (holds(mw_sv(CHARSETS[i].labels), label))
            return &CHARSETS[i].is;
    return NULL;
}
