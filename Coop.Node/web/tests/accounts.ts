import type { Account } from '../src/api/ledger';

/** An account of the co-op's own, with what a test says of it. */
export const account = (given: Partial<Account>): Account => ({
  id: 'account',
  code: null,
  name: 'Account',
  unit: 'EUR',
  type: 'asset',
  owner: null,
  balanceMinor: 0n,
  normalBalanceMinor: 0n,
  availableMinor: 0n,
  floorMinor: null,
  ceilingMinor: null,
  parentId: null,
  isPlaceholder: false,
  isClosed: false,
  ...given,
});
