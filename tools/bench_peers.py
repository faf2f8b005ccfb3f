#!/usr/bin/env python3
"""How fast, and how well, other searches answer the same queries on the same notices: SQLite FTS5, Xapian, PostgreSQL.

  bench_peers.py NOTICES.tsv QUERIES            speed: id, title and text a line; one query a line
  bench_peers.py NOTICES.tsv JUDGED.jsonl       quality: nDCG@10 where the ids are those of the judgements

Each gets the settings that did best in its own documentation's terms: all words, any of them may match, the title six times the text
(PostgreSQL: classes A 1 and D 0.1). Times are processor time of this process for SQLite and Xapian, the server's clock for
PostgreSQL, which runs in a folder of its own as an unprivileged user. What is not installed is said to be skipped."""
import json, math, os, re, shutil, sqlite3, subprocess, sys, tempfile, time

LIMIT = 10
WORDS = re.compile(r'\w+')


def rows(path):
    with open(path, encoding='utf-8') as f:
        for line in f:
            yield line.rstrip('\n').split('\t', 2)


class Sqlite:
    db = None
    name = 'SQLite FTS5 unicode61, OR, bm25, title x 6'

    def build(self, notices, folder):
        self.db = sqlite3.connect(os.path.join(folder, 'fts5.db'))
        self.db.execute('CREATE TABLE notice(id INTEGER PRIMARY KEY, url TEXT)')
        self.db.execute("CREATE VIRTUAL TABLE fts USING fts5(title, text, content='')")
        for i, (url, title, text) in enumerate(rows(notices), 1):
            self.db.execute('INSERT INTO notice VALUES(?, ?)', (i, url))
            self.db.execute('INSERT INTO fts(rowid, title, text) VALUES(?, ?, ?)', (i, title, text))
        self.db.commit()

    def one(self, query):
        match = ' OR '.join(f'"{w}"' for w in WORDS.findall(query))
        found = self.db.execute('SELECT rowid FROM fts WHERE fts MATCH ? ORDER BY bm25(fts, 6, 1) LIMIT ?', (match, LIMIT)).fetchall()
        return [i for i, in found]

    def run(self, queries):
        answers = []
        for q in queries:
            begin = time.process_time_ns()
            ids = self.one(q)
            took = (time.process_time_ns() - begin) / 1e6
            answers.append((took, [self.db.execute('SELECT url FROM notice WHERE id = ?', (i,)).fetchone()[0] for i in ids]))
        return answers

    def close(self):
        if self.db:
            self.db.close()


class Xapian:
    db = None
    name = 'Xapian German, STEM_ALL_Z, OR, title x 6'

    def build(self, notices, folder):
        import xapian
        self.x = xapian
        self.db = xapian.WritableDatabase(os.path.join(folder, 'xapian'), xapian.DB_CREATE_OR_OVERWRITE)
        stem = xapian.Stem('german')
        terms = xapian.TermGenerator()
        terms.set_stemmer(stem)
        terms.set_stemming_strategy(terms.STEM_ALL_Z)
        for n, (url, title, text) in enumerate(rows(notices), 1):
            doc = xapian.Document()
            terms.set_document(doc)
            terms.index_text_without_positions(title, 6)
            terms.index_text_without_positions(text)
            doc.set_data(url)
            self.db.add_document(doc)
        self.db.commit()
        self.parser = xapian.QueryParser()
        self.parser.set_stemmer(stem)
        self.parser.set_stemming_strategy(self.parser.STEM_ALL_Z)
        self.parser.set_default_op(xapian.Query.OP_OR)
        self.parser.set_database(self.db)

    def run(self, queries):
        answers = []
        for q in queries:
            begin = time.process_time_ns()
            enquire = self.x.Enquire(self.db)
            enquire.set_query(self.parser.parse_query(' '.join(WORDS.findall(q)), 0))
            found = enquire.get_mset(0, LIMIT)
            took = (time.process_time_ns() - begin) / 1e6
            answers.append((took, [m.document.get_data().decode() for m in found]))
        return answers

    def close(self):
        if self.db:
            self.db.close()


class Postgres:
    folder = None
    name = 'PostgreSQL german, OR, ts_rank, title A, text D'

    def tool(self, name):
        for version in sorted(os.listdir('/usr/lib/postgresql'), reverse=True) if os.path.isdir('/usr/lib/postgresql') else []:
            path = f'/usr/lib/postgresql/{version}/bin/{name}'
            if os.path.exists(path):
                return path
        found = shutil.which(name)
        if not found:
            raise ImportError(name)
        return found

    def call(self, *args, **more):
        as_other = ['setpriv', '--reuid', 'nobody', '--regid', 'nogroup', '--clear-groups'] if os.geteuid() == 0 else []
        return subprocess.run(as_other + list(args), check=True, cwd=self.folder, stdout=subprocess.PIPE, text=True, **more).stdout

    def sql(self, text):
        return self.call(self.tool('psql'), '-h', self.folder, '-X', '-q', '-A', '-t', '-F', '\t', '-v', 'ON_ERROR_STOP=1', 'postgres', input=text)

    def build(self, notices, folder):
        self.tool('initdb')
        self.folder = tempfile.mkdtemp(prefix='pg-')
        if os.geteuid() == 0:
            shutil.chown(self.folder, 'nobody')
        data = os.path.join(self.folder, 'data')
        self.call(self.tool('initdb'), '-D', data, '-A', 'trust', '--locale=C.UTF-8', '-E', 'UTF8')
        self.call(self.tool('pg_ctl'), '-D', data, '-w', '-l', os.path.join(self.folder, 'log'), '-o',
                  f"-k {self.folder} -h '' -c shared_buffers=1GB -c jit=off -c maintenance_work_mem=512MB -c max_parallel_workers_per_gather=0", 'start')
        lines = ''.join(f'{i}\t{u}\t{t}\t{x}\n'.replace('\\', ' ') for i, (u, t, x) in enumerate(rows(notices), 1))
        self.sql('CREATE TABLE n(id int PRIMARY KEY, url text, title text, body text, v tsvector);\nCOPY n(id, url, title, body) FROM stdin;\n' + lines + '\\.\n')
        self.sql("UPDATE n SET v = setweight(to_tsvector('german', title), 'A') || setweight(to_tsvector('german', body), 'D');"
                 'CREATE INDEX ON n USING gin(v); VACUUM ANALYZE n;')

    def run(self, queries):
        asked = ', '.join("($q${}$q$)".format(' '.join(WORDS.findall(q))) for q in queries)
        out = self.sql(f"""CREATE TEMP TABLE asked(n serial, q text); INSERT INTO asked(q) VALUES {asked};
            CREATE TEMP TABLE told(n int, ms float, urls text);
            DO $do$ DECLARE r record; b timestamptz; t tsquery; u text; BEGIN
              FOR r IN SELECT * FROM asked ORDER BY n LOOP
                b := clock_timestamp();
                t := replace(plainto_tsquery('german', r.q)::text, '&', '|')::tsquery;
                SELECT string_agg(url, ' ') INTO u FROM (SELECT url FROM n WHERE v @@ t
                  ORDER BY ts_rank('{{0.1,0.2,0.4,1}}', v, t) DESC, id LIMIT {LIMIT}) s;
                INSERT INTO told VALUES(r.n, extract(epoch FROM clock_timestamp() - b) * 1000, u);
              END LOOP; END $do$;
            SELECT ms, coalesce(urls, '') FROM told ORDER BY n""")
        return [(float(ms), urls.split()) for ms, urls in (line.split('\t') for line in out.splitlines())]

    def close(self):
        if not self.folder:
            return
        self.call(self.tool('pg_ctl'), '-D', os.path.join(self.folder, 'data'), '-m', 'immediate', 'stop')
        shutil.rmtree(self.folder)


def ndcg(urls, relevant):
    gain = sum((2 ** relevant.get(u, 0) - 1) / math.log2(i + 2) for i, u in enumerate(urls[:10]))
    best = sum((2 ** g - 1) / math.log2(i + 2) for i, g in enumerate(sorted(relevant.values(), reverse=True)[:10]))
    return gain / best


def tell(peer, asked, judged, built):
    queries = [a['query'] for a in asked]
    if judged:
        scores = [ndcg(urls, a['relevant']) for a, (_, urls) in zip(asked, peer.run(queries)) if a['relevant']]
        print(f'{peer.name:<48} nDCG@10 {sum(scores) / len(scores):.3f}')
        return
    peer.run(queries)
    times = sorted(ms for ms, _ in peer.run(queries))  # the second round counts
    print(f'{peer.name:<48} p50 {times[len(times) // 2]:9.3f} ms   p95 {times[len(times) * 95 // 100]:9.3f} ms   built in {built:.0f} s')


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    judged = sys.argv[2].endswith('.jsonl')
    with open(sys.argv[2], encoding='utf-8') as f:
        asked = [json.loads(line) for line in f] if judged else [{'query': line.strip()} for line in f if line.strip()]
    for peer in Sqlite(), Xapian(), Postgres():
        folder = tempfile.mkdtemp()
        begin = time.monotonic()
        try:
            peer.build(sys.argv[1], folder)
            tell(peer, asked, judged, time.monotonic() - begin)
        except (ImportError, sqlite3.OperationalError) as e:
            print(f'{peer.name:<48} SKIPPED: not installed ({e})')
        finally:
            peer.close()
            shutil.rmtree(folder, ignore_errors=True)
        sys.stdout.flush()


if __name__ == '__main__':
    main()
