# What tools/bench_crawl.sh crawls. what=pages: `pages` HTML pages of `bytes` bytes each into `dir`; what=eu: the seven real records of
# the EU's bulk file again and again under other identifiers, up to `bytes`; what=fdb: the real documents of the Förderdatenbank's export
# into `dir`, the programmes `programmes` times, everything else `others` times, each copy linked to one copy of the others.
function words(n,    s) {
    s = ""
    while (n-- > 0) s = s word[int(rand() * vocabulary) + 1] " "
    return s
}
BEGIN {
    if (what == "pages") {
        srand(1)
        text = "Gefördert werden Vorhaben der Gemeinden zur Verbesserung öffentlicher Grünflächen, Radwege und Schulen. Der Zuschuss beträgt bis zu 60 Prozent der zuwendungsfähigen Ausgaben. Anträge sind bis zum 31. März 2027 bei der Bewilligungsbehörde einzureichen. Antragsberechtigt sind Städte, Landkreise und Zweckverbände sowie gemeinnützige Vereine. Nicht gefördert werden laufende Kosten, Planungen ohne Umsetzung und Grunderwerb. Die Laufzeit endet nach 36 Monaten"
        vocabulary = split(text, word, " ")
        for (i = 1; i <= 400; i++) paragraph[i] = "<p>" words(60) "</p>\n"
        for (i = 1; i <= pages; i++) {
            file = sprintf("%s/p%05d.html", dir, i)
            head = sprintf("<!DOCTYPE html><html lang='de'><meta charset='utf-8'><title>Programm %d</title><main><h1>Förderprogramm Nummer %d</h1>\n", i, i)
            printf "%s", head > file
            for (n = length(head); n < bytes - 300; n += length(part)) {
                part = paragraph[int(rand() * 400) + 1]
                if (rand() < 0.3) part = "<h2>" words(2) "</h2>\n" part
                printf "%s", part > file
            }
            print "</main></html>" > file
            close(file)
        }
        exit
    }
}
what == "eu" { text = text $0 "\n" }
what == "fdb" && FNR == 1 { file++; name[file] = FILENAME; gsub(/.*\/|\.xml$/, "", name[file]) }
what == "fdb" { doc[file] = doc[file] $0 "\n" }
what == "fdb" && /ServiceOffer-FundingProgram/ { programme[file] = 1 }
END {
    if (what == "eu") {
        from = index(text, "[")
        for (to = length(text); substr(text, to, 1) != "]";) to--
        n = split(substr(text, from + 1, to - from - 1), piece, "\"identifier\": \"")
        printf "%s", substr(text, 1, from)
        for (i = 0; i * (to - from) < bytes; i++) {
            printf "%s%s", i ? "," : "", piece[1]
            for (k = 2; k <= n; k++) printf "\"identifier\": \"%d-%s", i, piece[k]
        }
        printf "%s", substr(text, to)
    }
    for (f = 1; what == "fdb" && f <= file; f++) {
        n = split(doc[f], piece, "/BMWI/FDB/Content/DE/")
        for (i = 1; i <= (programme[f] ? programmes : others); i++) {
            out = sprintf("%s/%d-%d-%s.xml", dir, i, f, name[f])
            printf "%s", piece[1] > out
            # the first path is the document's own
            for (k = 2; k <= n; k++) printf "/BMWI/FDB/Content/DE/%d/%s", k == 2 || i <= others ? i : i % others + 1, piece[k] > out
            close(out)
        }
    }
}
