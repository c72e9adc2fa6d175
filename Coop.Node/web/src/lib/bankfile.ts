import { filledLines, likelySeparator, splitLine, type Separator } from './csvread';

// What can be seen of a bank's file before it is sent. The node reads it in earnest; here the form is only
// filled in with what is most likely, and people correct it.

export interface CsvGlance {
  readonly separator: Separator;
  readonly head: readonly string[];
  /** Some rows below the head. */
  readonly rows: readonly (readonly string[])[];
}

const glanceRows = 20;

export const isXml = (text: string): boolean => /^\uFEFF?\s*</.test(text);

export function glance(text: string): CsvGlance {
  const lines = filledLines(text).slice(0, glanceRows + 1);
  const separator = likelySeparator(lines[0] ?? '');
  const [head = [], ...rows] = lines.map((line) => splitLine(line, separator));
  return { separator, head: head.map((name) => name.trim()), rows };
}

type ColumnName = 'date' | 'valueDate' | 'amount' | 'reference' | 'counterparty' | 'text' | 'bankReference' | 'currency';

// How banks head their columns, in English, German, French, Spanish, Portuguese and Dutch.
const usual: Record<ColumnName, RegExp> = {
  valueDate: /^(value ?date|valuta|valutadatum|wertstellung|date (de )?valeur|fecha valor|data.valor)/i,
  date: /^(booking|posted|posting|transaction|buchungs?)? ?-?(date|datum|tag)$|^(buchung|buchungstag|boekdatum|fecha|data|date)\b/i,
  amount: /^(amount|betrag|umsatz|montant|importe|montante|valor|bedrag)\b/i,
  counterparty: /(counterparty|payee|payer|name|empf[äa]nger|auftraggeber|beg[üu]nstigte|b[ée]n[ée]ficiaire|beneficiari|tegenpartij)/i,
  text: /(purpose|description|details|memo|verwendungszweck|buchungstext|libell[ée]|concepto|descri[çc]|omschrijving)/i,
  bankReference: /^(bank ?reference|transaction ?id|transaktions)/i,
  reference: /(reference|referenz|r[ée]f[ée]rence|referencia|refer[êe]ncia|kenmerk|end.to.end)/i,
  currency: /^(currency|w[äa]hrung|devise|moneda|divisa|moeda|valuta|munt)$/i,
};

/** The most likely column of each kind; none is taken for two. */
export function guessColumns(head: readonly string[]): Partial<Record<ColumnName, string>> {
  const left = new Set(head.filter((name) => name !== ''));
  const guessed: Partial<Record<ColumnName, string>> = {};
  for (const [kind, pattern] of Object.entries(usual) as [ColumnName, RegExp][]) {
    const name = [...left].find((candidate) => pattern.test(candidate));
    if (name === undefined) continue;
    guessed[kind] = name;
    left.delete(name);
  }
  return guessed;
}

export const dateFormats = ['yyyy-MM-dd', 'dd.MM.yyyy', 'dd.MM.yy', 'dd/MM/yyyy', 'MM/dd/yyyy', 'dd-MM-yyyy', 'yyyy/MM/dd', 'yyyyMMdd'] as const;

/** The first format that all of these are in; a day above 12 tells day from month. */
export function guessDateFormat(values: readonly string[]): (typeof dateFormats)[number] {
  const given = values.map((value) => value.trim()).filter((value) => value !== '');
  return dateFormats.find((format) => given.length > 0 && given.every((value) => fits(value, format))) ?? 'yyyy-MM-dd';
}

function fits(value: string, format: string): boolean {
  if (value.length !== format.length) return false;
  const part = (letters: string): number => Number(value.slice(format.indexOf(letters), format.indexOf(letters) + letters.length));
  const isShaped = [...format].every((char, at) => (/[yMd]/.test(char) ? /\d/.test(value[at]!) : value[at] === char));
  return isShaped && part('MM') >= 1 && part('MM') <= 12 && part('dd') >= 1 && part('dd') <= 31;
}

/** The last point or comma of an amount marks the decimals, unless three digits follow it. */
export function guessDecimalMark(values: readonly string[]): '.' | ',' {
  for (const value of values) {
    const mark = /([.,])(?:\d{1,2}|\d{4,})\s*[A-Z€$£]*$/.exec(value.trim())?.[1];
    if (mark === '.' || mark === ',') return mark;
  }
  return '.';
}

/** The values of a column. */
export const column = ({ head, rows }: CsvGlance, name: string): readonly string[] => {
  const at = head.indexOf(name);
  return at < 0 ? [] : rows.map((row) => row[at] ?? '');
};
