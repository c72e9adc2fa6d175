import type { Account } from '../api/ledger';
import type { StatementLine } from '../api/reports';
import type { Refund } from '../api/patronage';
import { writeLimit } from './amount';
import { asRead, type Books } from './books';

/** What moved on one of a member's accounts. */
export interface AccountPart {
  readonly account: Account;
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
  readonly lines: readonly StatementLine[];
}

/** An account that had nothing and got nothing is left out. */
export const hasContent = ({ openingMinor, closingMinor, lines }: AccountPart): boolean =>
  lines.length > 0 || openingMinor !== 0n || closingMinor !== 0n;

/** Parts of a surplus that were paid in these days; both belong to them. */
export const refundsIn = (refunds: readonly Refund[], from: string, to: string): readonly Refund[] =>
  refunds.filter(({ distributedAt }) => distributedAt.slice(0, 10) >= from && distributedAt.slice(0, 10) <= to);

/** One line for what each account had before, one for every entry, and one for what it has at the end. */
export function rowsOf(parts: readonly AccountPart[], books: Books, from: string, to: string): readonly (readonly string[])[] {
  const head = ['Account', 'Date', 'What for', 'Amount', 'Balance', 'Unit', 'Entry'];
  return [
    head,
    ...parts.flatMap(({ account, openingMinor, closingMinor, lines }) => {
      const unit = books.unit(account.unit);
      const write = (minor: bigint): string => writeLimit(asRead(minor, account), unit.scale);
      const row = (date: string, text: string, amount: string, balance: bigint, entry = ''): readonly string[] =>
        [account.name, date, text, amount, write(balance), unit.code, entry];
      return [
        row(from, 'Before', '', openingMinor),
        ...lines.map((line) => row(line.effectiveDate, line.memo, write(line.amountMinor), line.balanceMinor, line.journalId)),
        row(to, 'At the end', '', closingMinor),
      ];
    }),
  ];
}
