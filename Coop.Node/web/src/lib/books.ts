import type { Account, Unit } from '../api/ledger';
import * as ledger from '../api/ledger';
import * as members from '../api/members';
import type { ListedMember } from '../api/members';

/** What the ledger's pages need together: accounts, their units, and whose they are. */
export class Books {
  readonly #units: ReadonlyMap<string, Unit>;
  readonly #members: ReadonlyMap<string, ListedMember>;

  constructor(
    readonly accounts: readonly Account[],
    readonly units: readonly Unit[],
    readonly members: readonly ListedMember[],
  ) {
    this.#units = new Map(units.map((unit) => [unit.code, unit]));
    this.#members = new Map(members.map((member) => [member.id, member]));
  }

  unitOf(account: Pick<Account, 'unit'>): Unit {
    const code = account.unit;
    return this.#units.get(code) ?? { code, name: code, scale: 0, kind: 'other' };
  }

  ownerName(account: Account): string | null {
    return account.ownerId ? (this.#members.get(account.ownerId)?.name ?? 'A former member') : null;
  }

  ownedBy(memberId: string | undefined): readonly Account[] {
    return this.accounts.filter((account) => account.ownerId === memberId);
  }
}

export async function openBooks(): Promise<Books> {
  const [accounts, units, people] = await Promise.all([
    ledger.accounts(),
    ledger.units(),
    members.list(),
  ]);
  return new Books(accounts.items, units.items, people.items);
}

/**
 * Whether more on an account shows as a credit. What the co-op owes, what belongs to its members and
 * what comes in grow on the credit side, which the ledger keeps as negative numbers.
 */
export const growsByCredit = ({ type }: Pick<Account, 'type'>): boolean =>
  type === 'liability' || type === 'equity' || type === 'income';

/** An amount on an account as its reader counts: more is positive. */
export const asRead = (minor: bigint, account: Pick<Account, 'type'>): bigint =>
  growsByCredit(account) ? -minor : minor;
