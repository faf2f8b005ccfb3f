/* A spreadsheet file: its formats, its properties, and how it comes to its place. What stands in it, others put there. */
#include <stdlib.h>
#include <unistd.h>

#include "apply/documents/workbook_inside.h"
#include "lib/core/file.h"

MW_LIBRARY_DEFINE(mw_xlsx, MW_XLSX_CALLS, MW_SONAME_XLSXWRITER, "libxlsxwriter4")

#define BOOK_MAX ((size_t)64 << 20)

static lxw_format *new_format(struct mw_book *b, bool bold, const char *number)
{
    lxw_format *f = mw_xlsx->workbook_add_format(b->wb);

    if (f == NULL) {
        b->failed = true;
        return NULL;
    }
    mw_xlsx->format_set_font_name(f, "Arial");
    mw_xlsx->format_set_font_size(f, 10);
    mw_xlsx->format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    if (bold)
        mw_xlsx->format_set_bold(f);
    if (number != NULL)
        mw_xlsx->format_set_num_format(f, number);
    return f;
}

static void make_formats(struct mw_book *b)
{
    /* A German document shows 1.234,56 on every computer ([$-407] is German). */
    const char *money = b->lang == MW_DE ? "[$-407]#,##0.00" : "#,##0.00", *day = b->lang == MW_DE ? "dd.mm.yyyy" : "yyyy-mm-dd";

    b->title = new_format(b, true, NULL);
    b->head = new_format(b, true, NULL);
    b->head_note = new_format(b, true, NULL);
    b->head_right = new_format(b, true, NULL);
    b->text = new_format(b, false, NULL);
    b->money = new_format(b, false, money);
    b->sum = new_format(b, true, money);
    b->sum_text = new_format(b, true, NULL);
    b->day = new_format(b, false, day);
    b->day_left = new_format(b, false, day);
    b->note = new_format(b, false, NULL);
    b->percent = new_format(b, false, b->lang == MW_DE ? "[$-407]0.00 %" : "0.00 %");
    if (b->failed)
        return;
    mw_xlsx->format_set_font_size(b->title, 13);
    mw_xlsx->format_set_text_wrap(b->text);
    mw_xlsx->format_set_text_wrap(b->head);
    mw_xlsx->format_set_text_wrap(b->note);
    mw_xlsx->format_set_text_wrap(b->head_note);
    mw_xlsx->format_set_italic(b->note);
    mw_xlsx->format_set_indent(b->note, 1);
    mw_xlsx->format_set_indent(b->head_note, 1);
    mw_xlsx->format_set_align(b->head_right, LXW_ALIGN_RIGHT);
    mw_xlsx->format_set_align(b->day, LXW_ALIGN_RIGHT);
    mw_xlsx->format_set_align(b->day_left, LXW_ALIGN_LEFT);
    mw_xlsx->format_set_bottom(b->head, LXW_BORDER_THIN);
    mw_xlsx->format_set_bottom(b->head_right, LXW_BORDER_THIN);
    mw_xlsx->format_set_bottom(b->head_note, LXW_BORDER_THIN);
    mw_xlsx->format_set_bg_color(b->head, 0xE8EEF4);
    mw_xlsx->format_set_bg_color(b->head_right, 0xE8EEF4);
    mw_xlsx->format_set_bg_color(b->head_note, 0xE8EEF4);
    mw_xlsx->format_set_top(b->sum, LXW_BORDER_THIN);
    mw_xlsx->format_set_top(b->sum_text, LXW_BORDER_THIN);
}

enum mw_rc mw_book_write(const char *path, struct mw_sv title, struct mw_day day, enum mw_lang lang,
                         void (*fill)(struct mw_book *b, const void *what), const void *what, struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    char tmp[] = "/tmp/mittelweg-XXXXXX";
    struct mw_book b = { .name = title, .lang = lang, .a = a };
    /* The same content gives the same bytes: the file says the day it was computed for, at noon, not the clock. */
    lxw_doc_properties properties = { .created = (time_t)day.n * 86400 + 43200 };
    struct mw_sv bytes;
    enum mw_rc rc = MW_OK;

    if (a == NULL)
        return mw_nomem(err);
    if ((rc = mw_xlsx_open(err)) != MW_OK)
        return rc;
    int fd = mkstemp(tmp);
    if (fd < 0)
        return mw_fail(err, MW_OUTPUT, "The spreadsheet \"%s\" cannot be prepared in /tmp.", path);
    close(fd);
    b.wb = mw_xlsx->workbook_new(tmp);
    if (b.wb == NULL) {
        rc = mw_nomem(err);
        goto out;
    }
    properties.title = (char *)(uintptr_t)mw_arena_z(a, title); /* copied, not changed */
    mw_xlsx->workbook_set_properties(b.wb, &properties);
    make_formats(&b);
    fill(&b, what);
    if (mw_xlsx->workbook_close(b.wb) != LXW_NO_ERROR || b.failed) {
        rc = mw_fail(err, MW_OUTPUT, "The spreadsheet \"%s\" could not be made; is there room in /tmp?", path);
        goto out;
    }
    if ((rc = mw_file_read(&bytes, a, tmp, BOOK_MAX, err)) == MW_OK)
        rc = mw_file_write(path, bytes, err);
out:
    unlink(tmp);
    return rc;
}
