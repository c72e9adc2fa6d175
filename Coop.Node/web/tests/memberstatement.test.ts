import { describe, expect, it } from 'vitest';
import type { Refund } from '../src/api/patronage';
import { Books } from '../src/lib/books';
import { hasContent, refundsIn, rowsOf, type AccountPart } from '../src/lib/memberstatement';
import { account } from './accounts';

const books = new Books([], [{ code: 'EUR', name: 'Euro', scale: 2, kind: 'money' }]);

const part = (openingMinor: bigint, ...amounts: bigint[]): AccountPart => ({
  account: account({ name: 'Savings', type: 'liability', unit: 'EUR' }),
  openingMinor,
  closingMinor: amounts.reduce((sum, minor) => sum + minor, openingMinor),
  lines: amounts.map((amountMinor, n) => ({
    effectiveDate: '2026-03-01',
    journalId: `j${n}`,
    amountMinor,
    balanceMinor: amounts.slice(0, n + 1).reduce((sum, minor) => sum + minor, openingMinor),
    memo: 'Flour',
    bookedAt: '2026-03-01T00:00:00Z',
  })),
});

describe('a member’s statement', () => {
  it('leaves out what had nothing and got nothing', () => {
    expect([part(0n), part(-5n), part(0n, -5n, 5n)].map(hasContent)).toEqual([false, true, true]);
  });

  it('has the amounts as the member reads them, from before to the end', () => {
    expect(rowsOf([part(-1000n, -250n)], books, '2026-01-01', '2026-12-31').slice(1)).toEqual([
      ['Savings', '2026-01-01', 'Before', '', '10.00', 'EUR', ''],
      ['Savings', '2026-03-01', 'Flour', '2.50', '12.50', 'EUR', 'j0'],
      ['Savings', '2026-12-31', 'At the end', '', '12.50', 'EUR', ''],
    ]);
  });

  it('has the parts of a surplus that were paid in these days, both ends included', () => {
    const refund = (distributedAt: string): Refund => ({
      period: '2026', unit: 'EUR', patronageMinor: 1n, interestMinor: 0n, refundMinor: 1n, accountId: 'a', journalId: 'j', distributedAt,
    });
    const all = ['2025-12-31T23:59:59Z', '2026-01-01T00:00:00Z', '2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z'].map(refund);
    expect(refundsIn(all, '2026-01-01', '2026-12-31')).toEqual(all.slice(1, 3));
  });
});
