import type { Unit } from '../api/ledger';
import { formatAmount, parseAmount } from './amount';
import type { Books } from './books';

/** One line of the journal form, as typed. */
export interface DraftLine {
  accountId: string;
  side: 'debit' | 'credit';
  amount: string;
}

export const emptyLine = (side: DraftLine['side']): DraftLine => ({ accountId: '', side, amount: '' });

/** A line's signed amount, debit positive; null while it is not complete. */
export function amountOf(line: DraftLine, books: Books): bigint | null {
  const unit = unitOf(line, books);
  if (!unit) return null;
  const parsed = parseAmount(line.amount, unit.scale);
  if ('problem' in parsed) return null;
  return line.side === 'debit' ? parsed.minor : -parsed.minor;
}

export interface Balance {
  readonly isBalanced: boolean;
  readonly words: string;
}

/** Whether the complete lines sum to zero in each unit, in words for the form. */
export function balanceOf(lines: readonly DraftLine[], books: Books): Balance {
  const sums = new Map<string, { unit: Unit; minor: bigint }>();
  for (const line of lines) {
    const unit = unitOf(line, books);
    const amount = amountOf(line, books);
    if (!unit || amount === null) return { isBalanced: false, words: 'Fill in every line.' };
    sums.set(unit.code, { unit, minor: (sums.get(unit.code)?.minor ?? 0n) + amount });
  }
  const open = [...sums.values()].filter(({ minor }) => minor !== 0n).map(missing);
  if (open.length > 0) return { isBalanced: false, words: `${open.join(', ')}.` };
  return { isBalanced: true, words: 'It balances.' };
}

const missing = ({ unit, minor }: { unit: Unit; minor: bigint }): string =>
  minor > 0n
    ? `${formatAmount(minor, unit)} more is needed on the credit side`
    : `${formatAmount(-minor, unit)} more is needed on the debit side`;

function unitOf(line: DraftLine, books: Books): Unit | null {
  const account = books.account(line.accountId);
  return account ? books.unit(account.unit) : null;
}
