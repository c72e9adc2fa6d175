import type { Account, AccountType } from '../api/ledger';

/** The order of a balance sheet, and then of an income statement. */
export const accountTypes: readonly AccountType[] = ['asset', 'liability', 'equity', 'income', 'expense'];

export interface ChartRow {
  readonly account: Account;
  /** Steps from the top, 0 for what stands below nothing. */
  readonly depth: number;
}

/** The accounts of a type as a tree, each after what it stands below, by code and then by name. */
export function chartOf(accounts: readonly Account[], type: AccountType): readonly ChartRow[] {
  const shown = accounts.filter((account) => account.type === type);
  const ids = new Set(shown.map(({ id }) => id));
  // What stands below an account that is not shown here comes to the top.
  const placeOf = ({ parentId }: Account): string => (parentId && ids.has(parentId) ? parentId : '');
  const below = new Map<string, Account[]>();
  for (const account of shown) below.set(placeOf(account), [...(below.get(placeOf(account)) ?? []), account]);
  const rowsBelow = (id: string, depth: number): readonly ChartRow[] =>
    [...(below.get(id) ?? [])]
      .sort(byCodeAndName)
      .flatMap((account) => [{ account, depth }, ...rowsBelow(account.id, depth + 1)]);
  return rowsBelow('', 0);
}

const byCodeAndName = (a: Account, b: Account): number =>
  (a.code ?? '\uffff').localeCompare(b.code ?? '\uffff', 'en', { numeric: true }) || a.name.localeCompare(b.name);

/** Whether an account can stand below another: never below itself or what stands below it. */
export function canStandBelow(account: Account, parent: Account, accounts: readonly Account[]): boolean {
  const byId = new Map(accounts.map((one) => [one.id, one]));
  for (let at: Account | undefined = parent; at; at = byId.get(at.parentId ?? '')) {
    if (at.id === account.id) return false;
  }
  return parent.type === account.type && !parent.isClosed;
}
