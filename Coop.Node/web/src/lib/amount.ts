import type { Unit } from '../api/ledger';

const largest = 2n ** 63n - 1n;

/** An amount with its unit, e.g. "1,234.50 EUR". */
export function formatAmount(minor: bigint, unit: Pick<Unit, 'code' | 'scale'>, locale?: string): string {
  return `${formatNumber(minor, unit.scale, locale)} ${unit.code}`;
}

/** The number alone, with the locale's separators and a true minus sign. */
export function formatNumber(minor: bigint, scale: number, locale?: string): string {
  const digits = String(minor < 0n ? -minor : minor).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const grouped = new Intl.NumberFormat(locale).format(BigInt(whole));
  const fraction = scale > 0 ? decimalSeparator(locale) + digits.slice(-scale) : '';
  return `${minor < 0n ? '−' : ''}${grouped}${fraction}`;
}

export type ParsedAmount = { readonly minor: bigint } | { readonly problem: string };

/** Reads what a person types: digits with a point or a comma before at most `scale` digits. */
export function parseAmount(text: string, scale: number): ParsedAmount {
  const match = /^\s*(\d{1,19})(?:[.,](\d*))?\s*$/.exec(text);
  if (!match) return { problem: 'Write the amount in digits, like 12 or 12.50.' };
  const [, whole = '', fraction = ''] = match;
  if (fraction.length > scale) return { problem: tooPrecise(scale) };
  const minor = BigInt(whole + fraction.padEnd(scale, '0'));
  if (minor === 0n) return { problem: 'The amount must be more than zero.' };
  return minor > largest ? { problem: 'That is more than the ledger can hold.' } : { minor };
}

export type ParsedLimit = { readonly minor: bigint | null } | { readonly problem: string };

/** Reads a limit: nothing for none, and else an amount that may be zero or below. */
export function parseLimit(text: string, scale: number): ParsedLimit {
  const trimmed = text.trim().replace('−', '-');
  if (trimmed === '') return { minor: null };
  const isBelow = trimmed.startsWith('-');
  const digits = isBelow ? trimmed.slice(1) : trimmed;
  if (/^0+([.,]0*)?$/.test(digits)) return { minor: 0n };
  const parsed = parseAmount(digits, scale);
  return 'problem' in parsed || !isBelow ? parsed : { minor: -parsed.minor };
}

/** A limit as `parseLimit` reads it. */
export function writeLimit(minor: bigint | null, scale: number): string {
  if (minor === null) return '';
  const digits = String(minor < 0n ? -minor : minor).padStart(scale + 1, '0');
  const fraction = scale > 0 ? `.${digits.slice(-scale)}` : '';
  return `${minor < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}${fraction}`;
}

function tooPrecise(scale: number): string {
  if (scale === 0) return 'This unit is counted in whole numbers only.';
  return `This unit has at most ${scale} ${scale === 1 ? 'digit' : 'digits'} after the point.`;
}

const decimalSeparator = (locale?: string): string =>
  new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === 'decimal')?.value ?? '.';
