import { describe, expect, it } from 'vitest';
import type { Account } from '../src/api/ledger';
import { Books } from '../src/lib/books';
import { balanceOf, type DraftLine } from '../src/lib/journal';
import { account as accountOf } from './accounts';

const account = (id: string, unit: string): Account => accountOf({ id, name: id, unit });
const books = new Books(
  [account('cash', 'EUR'), account('bank', 'EUR'), account('work', 'HRS')],
  [
    { code: 'EUR', name: 'Euro', scale: 2, kind: 'money' },
    { code: 'HRS', name: 'Hours', scale: 1, kind: 'hours' },
  ],
);
const line = (side: DraftLine['side'], accountId: string, amount: string): DraftLine => ({ side, accountId, amount });

describe('balanceOf', () => {
  it('is balanced when both sides are equal in each unit', () => {
    const lines = [line('debit', 'cash', '12.50'), line('credit', 'bank', '12,5')];
    expect(balanceOf(lines, books).isBalanced).toBe(true);
  });

  it('says what is missing on which side', () => {
    const lines = [line('debit', 'cash', '12.50'), line('credit', 'bank', '2')];
    expect(balanceOf(lines, books)).toEqual({
      isBalanced: false,
      words: '10.50 EUR more is needed on the credit side.',
    });
  });

  it('never lets one unit balance another', () => {
    const lines = [line('debit', 'cash', '5'), line('credit', 'work', '5')];
    expect(balanceOf(lines, books).isBalanced).toBe(false);
  });

  it.each([line('credit', '', '5'), line('credit', 'bank', ''), line('credit', 'bank', 'x')])(
    'waits for %j',
    (incomplete) => {
      expect(balanceOf([line('debit', 'cash', '5'), incomplete], books).isBalanced).toBe(false);
    },
  );
});
