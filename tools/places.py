#!/usr/bin/env python3
"""Makes config/places/places.tsv from official lists (python3, standard library only).

  tools/places.py GEMEINDEN.tsv.gz KREISE.ndjson.gz NUTS3.tsv > config/places/places.tsv

GEMEINDEN: the municipalities (Destatis, GV-ISys): ags, name, typ, land, kreis, plz, einwohner, stand. KREISE: the Kreise (Destatis,
GV100). NUTS3: code and German name (Eurostat). The Kreise's inhabitants are the sum of their municipalities'. Names are facts of
the registers and are not changed, only parted: "Schlitz, Stadt" is the name Schlitz and the title Stadt.
"""
import csv, gzip, json, re, sys

STATES = {'01': 'SH', '02': 'HH', '03': 'NI', '04': 'HB', '05': 'NW', '06': 'HE', '07': 'RP', '08': 'BW', '09': 'BY', '10': 'SL',
          '11': 'BE', '12': 'BB', '13': 'MV', '14': 'SN', '15': 'ST', '16': 'TH'}
NUTS1 = {'BW': 'DE1', 'BY': 'DE2', 'BE': 'DE3', 'BB': 'DE4', 'HB': 'DE5', 'HH': 'DE6', 'HE': 'DE7', 'MV': 'DE8', 'NI': 'DE9', 'NW': 'DEA',
         'RP': 'DEB', 'SL': 'DEC', 'SN': 'DED', 'ST': 'DEE', 'SH': 'DEF', 'TH': 'DEG'}
TITLES = {'M': 'Markt', 'St': 'Stadt', 'GKSt': 'Große Kreisstadt', 'Krst.': 'Kreisstadt'}


def parted(name):
    head, _, title = name.partition(',')
    return head.strip(), TITLES.get(title.strip(), title.strip())


def key(name):
    """How the lists' spellings of one Kreis are told to be the same."""
    s = parted(name)[0]
    s = re.sub(r'\b(?:a\. ?d\.|i\. ?d\.|an der|in der|am|im|a\.|i\.)|\((?!Old).*?\)', '', s)
    s = re.sub(r'\b(kreis|landkreis|region|stadtverband|regionalverband|landeshauptstadt)\b', '', s.lower())
    return re.sub(r'[^a-zäöüß]', '', s)


def main():
    rows = list(csv.DictReader(gzip.open(sys.argv[1], 'rt', encoding='utf-8'), delimiter='\t'))
    kreise = [json.loads(line) for line in gzip.open(sys.argv[2], 'rt', encoding='utf-8')]
    nuts = {}
    with open(sys.argv[3], encoding='utf-8') as f:
        next(f)
        for line in f:
            code, label, _ = line.rstrip('\n').split('\t')
            city = bool(re.search(r'Kreisfreie Stadt|Stadtkreis', label))
            nuts.setdefault((code[:3], key(label), city), code)
            nuts.setdefault((code[:3], key(label), None), code)
    people = {}
    for r in rows:
        people[r['ags'][:5]] = people.get(r['ags'][:5], 0) + int(r['einwohner'])
    of, names, missing = {}, {}, []
    out = []
    for k in kreise:
        number, land = k['schlüssel']['nummer'], STATES[k['schlüssel']['land']]
        city = k['typ']['name'] in ('kreisfreie-stadt', 'stadtkreis')
        code = nuts.get((NUTS1[land], key(k['name']), city)) or nuts.get((NUTS1[land], key(k['name']), None))
        of[number], names[number] = code or '', parted(k['name'])[0]
        if code is None:
            missing.append(k['name'])
        if not city:   # a town that is its own Kreis stands among the municipalities
            name = parted(k['name'])[0]
            title = '' if re.search(r'[Kk]reis\b|^Region |verband', name) else {'landkreis': 'Landkreis', 'kreis': 'Kreis'}.get(k['typ']['name'], '')
            out.append([number, name, title, names[number], land, '', str(people.get(number, '')), '2011-12-31' if number in people else '', of[number]])
    for r in rows:
        name, title = parted(r['name'])
        d = r['stand'].split('.')
        number = r['ags'][:5]
        out.append([r['ags'], name, title or {'Markt': 'Markt'}.get(r['typ'], ''), names.get(number) or parted(r['kreis'])[0], STATES[r['ags'][:2]], r['plz'],
                    r['einwohner'], f'{d[2]}-{d[1]}-{d[0]}', of.get(number) or nuts.get((NUTS1[STATES[number[:2]]], key(r['kreis']), None), '')])
    out.sort()
    print('''# Municipalities and Kreise of Germany. Columns, parted by tabs: AGS (8 digits; 5 of a Kreis), name, title, Kreis, Land, postcode,
# inhabitants, the day they were counted, NUTS 3.
# Municipalities and inhabitants: Statistische Ämter des Bundes und der Länder, Gemeindeverzeichnis GV-ISys, 31.12.2011 (table by
# digineo/gemeindeverzeichnis, WTFPL). Kreise: the same, GV100, 31.03.2017; their inhabitants are summed. NUTS 2021: Eurostat / eForms SDK of
# the EU's Publications Office, CC BY 4.0. Made by tools/places.py; `mittelweg places load FILE` puts a newer register in its place.
ags\tname\ttitle\tkreis\tland\tplz\tpopulation\tdate\tnuts''')
    for row in out:
        print('\t'.join(row))
    if missing:
        print('without NUTS:', ', '.join(missing), file=sys.stderr)


if __name__ == '__main__':
    main()
