import { describe, expect, it } from 'vitest';
import { canStandBelow, chartOf } from '../src/lib/chart';
import { account } from './accounts';

const money = account({ id: 'money', name: 'Money', code: '1000', isPlaceholder: true });
const bank = account({ id: 'bank', name: 'Bank', code: '1100', parentId: 'money' });
const till = account({ id: 'till', name: 'Till', code: '1020', parentId: 'money' });
const loose = account({ id: 'loose', name: 'A loose one' });
const sales = account({ id: 'sales', name: 'Sales', type: 'income' });
const all = [loose, bank, till, money, sales];

describe('a chart of accounts', () => {
  it('is a tree by number, and then by name', () => {
    const rows = chartOf(all, 'asset').map((row) => `${row.depth} ${row.account.id}`);
    expect(rows).toEqual(['0 money', '1 till', '1 bank', '0 loose']);
  });

  it('brings to the top what stands below something that is not shown', () => {
    expect(chartOf([bank], 'asset')).toEqual([{ account: bank, depth: 0 }]);
  });

  it('orders numbers by their value', () => {
    const nine = account({ id: 'nine', code: '9' });
    expect(chartOf([bank, nine], 'asset').map((row) => row.account.id)).toEqual(['nine', 'bank']);
  });

  it('has no cycle', () => {
    expect(canStandBelow(money, money, all)).toBe(false);
    expect(canStandBelow(money, bank, all)).toBe(false);
    expect(canStandBelow(bank, till, all)).toBe(true);
    expect(canStandBelow(bank, sales, all)).toBe(false);
    expect(canStandBelow(bank, account({ id: 'shut', isClosed: true }), all)).toBe(false);
  });
});
