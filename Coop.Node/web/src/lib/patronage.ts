import type { PatronageRecord } from '../api/patronage';
import type { Unit } from '../api/ledger';
import { parseLimit } from './amount';
import { filledLines, likelySeparator, splitLine } from './csvread';

/** What the node takes at once. */
export const batchSize = 200;

type Known = readonly { readonly id: string; readonly name: string }[];

export interface ReadRecords {
  readonly records: readonly PatronageRecord[];
  /** One for each line that could not be read, with its number. */
  readonly problems: readonly string[];
}

/** Lines of number, member and amount; a line without a member is business with somebody else. */
export function readRecords(text: string, kind: string, unit: Unit, members: Known): ReadRecords {
  const lines = filledLines(text);
  const separator = likelySeparator(lines[0] ?? '');
  const records: PatronageRecord[] = [];
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const [at, line] of lines.entries()) {
    const read = readLine(splitLine(line, separator), kind, unit, members, seen);
    if (typeof read === 'string') problems.push(`Line ${at + 1}: ${read}`);
    else records.push(read);
  }
  return { records, problems };
}

function readLine(
  fields: readonly string[], kind: string, unit: Unit, members: Known, seen: Set<string>,
): PatronageRecord | string {
  const [key = '', who = '', amount = ''] = fields.map((field) => field.trim());
  if (fields.length !== 3) return 'It must have a number, a member and an amount.';
  if (!/^[!-~]{1,200}$/.test(key)) return `“${key}” cannot be a number: letters, digits and signs without spaces.`;
  if (seen.has(key)) return `The number ${key} is there twice.`;
  const found = members.filter(({ id, name }) => id === who || name.toLowerCase() === who.toLowerCase());
  if (who !== '' && found.length !== 1) return found.length === 0 ? `There is no member ${who}.` : `Several members are called ${who}: write the id instead.`;
  const parsed = parseLimit(amount, unit.scale);
  if ('problem' in parsed) return parsed.problem;
  if (!parsed.minor) return 'The amount must not be zero.';
  seen.add(key);
  return { key, kind, unit: unit.code, amountMinor: parsed.minor, ...(found[0] && { memberId: found[0].id }) };
}

export function inBatches<T>(items: readonly T[], size = batchSize): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}

/** A percentage as people write it, in hundredths of a percent; null where it is none from 0 to 100. */
export function parsePercent(text: string): number | null {
  const parsed = parseLimit(text.replace('%', ''), 2);
  if ('problem' in parsed || parsed.minor === null || parsed.minor < 0n || parsed.minor > 10_000n) return null;
  return Number(parsed.minor);
}
