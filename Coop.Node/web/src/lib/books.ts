import { wholeList } from '../api/http';
import type { Account, PostingDraft, Unit } from '../api/ledger';
import * as ledger from '../api/ledger';
import { formatAmount } from './amount';

/** What the ledger's pages need together: the accounts and their units. */
export class Books {
  readonly #units: ReadonlyMap<string, Unit>;

  constructor(
    readonly accounts: readonly Account[],
    readonly units: readonly Unit[],
  ) {
    this.#units = new Map(units.map((unit) => [unit.code, unit]));
  }

  unit(code: string): Unit {
    return this.#units.get(code) ?? { code, name: code, scale: 0, kind: 'other' };
  }

  /** What can be booked on: neither headings nor closed accounts. */
  get open(): readonly Account[] {
    return this.accounts.filter(({ isPlaceholder, isClosed }) => !isPlaceholder && !isClosed);
  }

  account(id: string): Account | undefined {
    return this.accounts.find((account) => account.id === id);
  }

  ownedBy(memberId: string | undefined): readonly Account[] {
    return this.accounts.filter((account) => account.owner?.id === memberId);
  }

  /** The balance as its reader counts, or null where it is another member's business. */
  balance(account: Account): string | null {
    const { normalBalanceMinor, unit } = account;
    return normalBalanceMinor === null ? null : formatAmount(normalBalanceMinor, this.unit(unit));
  }
}

export async function openBooks(): Promise<Books> {
  const [accounts, units] = await Promise.all([wholeList(ledger.accounts), wholeList(ledger.units)]);
  return new Books(accounts, units);
}

/** What an entry moves, one amount for each of its units. */
export function movedBy(postings: readonly (PostingDraft & { readonly unit?: string })[], books: Books): readonly string[] {
  const debits = new Map<string, bigint>();
  for (const { accountId, amountMinor, unit = books.account(accountId)?.unit ?? '' } of postings) {
    debits.set(unit, (debits.get(unit) ?? 0n) + (amountMinor > 0n ? amountMinor : 0n));
  }
  return [...debits].map(([unit, minor]) => formatAmount(minor, books.unit(unit)));
}

/**
 * An amount on an account as its reader counts: more is positive. What the co-op owes, what belongs to
 * its members and what comes in grow on the credit side, which the ledger keeps as negative numbers.
 */
export const asRead = (minor: bigint, { type }: Pick<Account, 'type'>): bigint =>
  type === 'asset' || type === 'expense' ? minor : -minor;

/** What a bank may keep count of: money that is the co-op's own. */
export const bankAccounts = (books: Books): readonly Account[] =>
  books.open.filter(({ type, owner, unit }) => type === 'asset' && owner === null && books.unit(unit).kind === 'money');
