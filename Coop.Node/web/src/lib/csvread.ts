export type Separator = ',' | ';' | '\t';

const separators: readonly Separator[] = [';', ',', '\t'];

/** What most likely stands between fields: what a line has most of. */
export function likelySeparator(line: string): Separator {
  const widths = separators.map((separator) => splitLine(line, separator).length);
  return separators[widths.indexOf(Math.max(...widths))] ?? ',';
}

/** The fields of one line (RFC 4180). */
export function splitLine(line: string, separator: Separator): string[] {
  const found: string[] = [];
  let [field, isQuoted] = ['', false];
  for (let at = 0; at < line.length; at++) {
    const char = line[at]!;
    if (char === '"' && isQuoted && line[at + 1] === '"') {
      field += '"';
      at++;
    } else if (char === '"') isQuoted = !isQuoted;
    else if (char === separator && !isQuoted) {
      found.push(field);
      field = '';
    } else field += char;
  }
  return [...found, field];
}

/** The lines with something on them, without the mark that some programs begin a file with. */
export const filledLines = (text: string): readonly string[] =>
  text.replace(/^\uFEFF/, '').split(/\r?\n/).filter((line) => line.trim() !== '');

/** Spreadsheets still write Windows-1252 (WHATWG Encoding); what is no UTF-8 is read as that. */
export function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
