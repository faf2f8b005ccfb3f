#!/usr/bin/env python3
"""A TED_EXPORT notice of the EU as the plain text of its German form, the way the development set of profiles has it.
usage: ted_text.py NOTICE.xml > NOTICE.txt. For tools/eval.sh only; the program reads the XML itself (intake/ted.c)."""
import re, sys
import xml.etree.ElementTree as ET

HEADS = {
    'ADDRESS_CONTRACTING_BODY': 'Auftraggeber:', 'ADDRESS_CONTRACTING_BODY_ADDITIONAL': 'Weiterer Auftraggeber:',
    'ADDRESS_FURTHER_INFO': 'Weitere Auskünfte erteilt:', 'ADDRESS_PARTICIPATION': 'Angebote an:', 'ADDRESS_CONTRACTOR': 'Auftragnehmer:',
    'ADDRESS_REVIEW_BODY': 'Zuständige Stelle für Rechtsbehelfsverfahren:', 'ADDRESS_WINNER': 'Auftragnehmer:',
    'ADDRESS_MEDIATION_BODY': 'Stelle, die Auskünfte über Rechtsbehelfe erteilt:',
    'ADDRESS_REVIEW_INFO': 'Stelle, die Auskünfte über Rechtsbehelfe erteilt:',
    'CONTRACTING_BODY': '## Abschnitt I: Öffentlicher Auftraggeber', 'OBJECT_CONTRACT': '## Abschnitt II: Gegenstand',
    'LEFTI': '## Abschnitt III: Rechtliche, wirtschaftliche, finanzielle und technische Angaben', 'PROCEDURE': '## Abschnitt IV: Verfahren',
    'AWARD_CONTRACT': '## Abschnitt V: Auftragsvergabe', 'RESULTS': '## Abschnitt V: Auftragsvergabe',
    'COMPLEMENTARY_INFO': '## Abschnitt VI: Weitere Angaben',
}
LABELS = {
    'OFFICIALNAME': 'Offizielle Bezeichnung', 'ADDRESS': 'Anschrift', 'TOWN': 'Ort', 'POSTAL_CODE': 'Postleitzahl',
    'URL_GENERAL': 'Internet', 'URL_DOCUMENT': 'Auftragsunterlagen', 'URL_PARTICIPATION': 'Angebote an', 'CA_TYPE_OTHER': 'Andere',
    'CA_ACTIVITY_OTHER': 'Andere Tätigkeit', 'CE_ACTIVITY_OTHER': 'Andere Tätigkeit', 'TITLE': 'Bezeichnung',
    'REFERENCE_NUMBER': 'Referenznummer', 'SHORT_DESCR': 'Beschreibung', 'LOT_NO': 'Los-Nr.', 'MAIN_SITE': 'Hauptort der Ausführung',
    'DURATION': 'Laufzeit in Monaten', 'DATE_START': 'Beginn', 'DATE_END': 'Ende', 'RENEWAL_DESCR': 'Beschreibung der Verlängerungen',
    'OPTIONS_DESCR': 'Angaben zu den Optionen', 'INFO_ADD': 'Zusätzliche Angaben', 'AC_CRITERION': 'Kriterium', 'AC_WEIGHTING': 'Gewichtung',
    'VAL_ESTIMATED_TOTAL': 'Geschätzter Gesamtwert ohne MwSt.', 'VAL_OBJECT': 'Geschätzter Wert ohne MwSt.', 'VAL_TOTAL': 'Gesamtwert ohne MwSt.',
    'LOT_MAX_NUMBER': 'Höchstzahl der Lose', 'NB_MIN_LIMIT_CANDIDATE': 'Mindestzahl der Bewerber', 'NB_MAX_LIMIT_CANDIDATE': 'Höchstzahl der Bewerber',
    'CRITERIA_CANDIDATE': 'Kriterien für die Auswahl der Bewerber', 'SUITABILITY': 'Befähigung zur Berufsausübung',
    'ECONOMIC_FINANCIAL_INFO': 'Wirtschaftliche und finanzielle Leistungsfähigkeit', 'ECONOMIC_FINANCIAL_MIN_LEVEL': 'Mindeststandards',
    'TECHNICAL_PROFESSIONAL_INFO': 'Technische und berufliche Leistungsfähigkeit', 'TECHNICAL_PROFESSIONAL_MIN_LEVEL': 'Mindeststandards',
    'RULES_CRITERIA': 'Objektive Regeln und Kriterien', 'PERFORMANCE_CONDITIONS': 'Bedingungen für die Ausführung',
    'NOTICE_NUMBER_OJ': 'Bekanntmachungsnummer im ABl.', 'DATE_RECEIPT_TENDERS': 'Schlusstermin für den Eingang der Angebote oder Teilnahmeanträge',
    'TIME_RECEIPT_TENDERS': 'Ortszeit', 'DATE_DISPATCH_INVITATIONS': 'Tag der Absendung der Aufforderungen',
    'DATE_TENDER_VALID': 'Das Angebot muss gültig bleiben bis', 'DURATION_TENDER_VALID': 'Bindefrist in Monaten', 'DATE_AWARD_SCHEDULED': 'Tag der Vergabe',
    'CONTRACT_NO': 'Auftrags-Nr.', 'DATE_CONCLUSION_CONTRACT': 'Tag des Vertragsabschlusses', 'NB_TENDERS_RECEIVED': 'Anzahl der eingegangenen Angebote',
    'INFO_ADD_SUBCONTRACTING': 'Unterauftragsvergabe', 'REVIEW_PROCEDURE': 'Einlegung von Rechtsbehelfen',
    'DATE_DISPATCH_NOTICE': 'Tag der Absendung dieser Bekanntmachung',
}
SKIP = {'CONTACT_POINT', 'PHONE', 'E_MAIL', 'FAX', 'NATIONALID', 'COUNTRY', 'LEGAL_BASIS', 'URL_BUYER',
        'NB_TENDERS_RECEIVED_NON_EU', 'NB_TENDERS_RECEIVED_EMEANS'}
FLAGS = {
    'CENTRAL_PURCHASING': 'Der Auftrag wird von einer zentralen Beschaffungsstelle vergeben.', 'LOT_DIVISION': 'Aufteilung des Auftrags in Lose: ja',
    'NO_LOT_DIVISION': 'Aufteilung des Auftrags in Lose: nein', 'RENEWAL': 'Dieser Auftrag kann verlängert werden: ja',
    'NO_RENEWAL': 'Dieser Auftrag kann verlängert werden: nein', 'NO_OPTIONS': 'Optionen: nein', 'OPTIONS': 'Optionen: ja',
    'JOINT_PROCUREMENT_INVOLVED': 'Der Auftrag betrifft eine gemeinsame Beschaffung.', 'FRAMEWORK': 'Es handelt sich um eine Rahmenvereinbarung.',
    'NO_EU_PROGR_RELATED': 'Der Auftrag steht in Verbindung mit einem aus EU-Mitteln finanzierten Vorhaben: nein',
}
KINDS = {    # TD_DOCUMENT_TYPE; what is not here stays English, as in the development set
    '0': 'Vorinformation', 'A': 'Vorinformation mit Aufruf zum Wettbewerb', '3': 'Auftragsbekanntmachung', '7': 'Bekanntmachung vergebener Aufträge',
    'D': 'Wettbewerbsbekanntmachung', 'R': 'Wettbewerbsergebnisse', 'J': 'Zuschlagsbekanntmachung Konzession', 'K': 'Bekanntmachung einer Änderung',
    'P': 'Regelmäßige nicht verbindliche Bekanntmachung', 'V': 'Freiwillige Ex-ante-Transparenzbekanntmachung',
}
AUTHORITIES = {'REGIONAL_AUTHORITY': 'Regional- oder Kommunalbehörde', 'BODY_PUBLIC': 'Einrichtung des öffentlichen Rechts',
               'MINISTRY': 'Ministerium oder sonstige zentral- oder bundesstaatliche Behörde', 'REGIONAL_AGENCY': 'Agentur/Amt auf regionaler oder lokaler Ebene'}
NATURES = {'SERVICES': 'Dienstleistungen', 'WORKS': 'Bauauftrag', 'SUPPLIES': 'Lieferauftrag'}


def name(e):
    return e.tag.split('}')[-1]


def text(e):
    """Paragraphs on lines of their own, dates and sums as Germans write them."""
    paragraphs = [''.join(p.itertext()).strip() for p in e.iter() if name(p) == 'P']
    s = '\n'.join(paragraphs) if paragraphs else ''.join(e.itertext()).strip()
    if re.fullmatch(r'\d{4}-\d\d-\d\d', s):
        s = '.'.join(reversed(s.split('-')))
    return s


def money(s):
    return f'{float(s):,.2f}'.translate(str.maketrans(',.', '.,'))


def walk(e, out):
    tag = name(e)
    if tag in SKIP or tag == 'NOTICE':
        return
    if tag == 'OBJECT_DESCR':
        lots = any(name(x) == 'LOT_NO' for x in e.iter())
        out.append('\n### Beschreibung' + (' (Los)' if lots else ''))
    elif tag in HEADS:
        out.append(HEADS[tag])
    if tag == 'NUTS':
        out.append('NUTS-Code: ' + e.get('CODE', ''))
    elif tag == 'CPV_CODE':
        out.append('CPV-Code: ' + e.get('CODE', ''))
    elif tag == 'CA_TYPE':
        out.append('Art des öffentlichen Auftraggebers: ' + AUTHORITIES.get(e.get('VALUE'), e.get('VALUE', '')))
    elif tag == 'TYPE_CONTRACT':
        out.append('Art des Auftrags: ' + NATURES.get(e.get('CTYPE'), e.get('CTYPE', '')))
    elif tag in ('VAL_RANGE_TOTAL', 'VAL_RANGE_OBJECT'):
        ends = [money(''.join(x.itertext())) for x in e]
        out.append(f'Spanne ohne MwSt.: {" bis ".join(ends)} {e.get("CURRENCY")}')
    elif tag in FLAGS:
        out.append(FLAGS[tag])
        if len(e):
            for x in e:
                walk(x, out)
    elif tag == 'EU_PROGR_RELATED':
        out.append('Angaben zu Mitteln der Europäischen Union: Der Auftrag steht in Verbindung mit einem Vorhaben und/oder Programm, das aus Mitteln '
                   'der EU finanziert wird. Projektnummer oder -referenz: ' + text(e))
    elif tag == 'AC_PRICE':
        out.append('Kriterium: Preis')
        out += ['Gewichtung: ' + text(x) for x in e if name(x) == 'AC_WEIGHTING']
    elif len(e) == 0 or any(name(x) in ('P', 'FT') for x in e):
        value = text(e)
        if value and e.get('CURRENCY') and re.fullmatch(r'\d+(\.\d+)?', value):
            value = f'{money(value)} {e.get("CURRENCY")}'
        if value:
            out.append(f'{LABELS[tag]}: {value}' if tag in LABELS else value)
    else:
        for x in e:
            walk(x, out)


def main(path):
    root = ET.parse(path).getroot()
    find = lambda tag: next((e for e in root.iter() if name(e) == tag), None)
    day = find('DATE_PUB').text
    form = max((f for f in find('FORM_SECTION')), key=lambda f: (f.get('LG') == 'DE', f.get('CATEGORY') == 'ORIGINAL'))
    kind = find('TD_DOCUMENT_TYPE')
    out = [f'Veröffentlicht: {day[6:]}.{day[4:6]}.{day[:4]}', 'Dokumentart: ' + KINDS.get(kind.get('CODE'), kind.text)]
    for e in form:
        walk(e, out)
    print('\n'.join(out))


if __name__ == '__main__':
    main(sys.argv[1])
