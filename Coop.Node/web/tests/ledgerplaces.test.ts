import { describe, expect, it } from 'vitest';
import { groupsFor, placeOf } from '../src/lib/ledgerplaces';

describe('the places of the ledger', () => {
  it('are grouped for whoever reads the books', () => {
    expect(groupsFor(true).map(({ text }) => text)).toEqual(['Accounts', 'Journal', 'Bank', 'Reports', 'Capital', 'Trade']);
  });

  it('are fewer for a member, and a group of one page is called as that page', () => {
    expect(groupsFor(false).map(({ text, places }) => [text, places.length])).toEqual([
      ['Accounts', 1],
      ['Journal', 2],
      ['Shares', 1],
      ['Other co-ops', 1],
    ]);
  });

  it.each([
    ['/ledger', 'Accounts'],
    ['/ledger/journals', 'Entries'],
    ['/ledger/pending', 'Pending'],
    ['/ledger/periods', 'Periods'],
    ['/ledger/bank', 'Bank'],
    ['/ledger/bank/7', 'Bank'],
    ['/ledger/reports', 'Trial balance'],
    ['/ledger/reports/trial-balance', 'Trial balance'],
    ['/ledger/reports/balance-sheet', 'Balance sheet'],
    ['/ledger/shares/A', 'Shares'],
    ['/ledger/patronage/in/2026-01-01', 'Patronage'],
    ['/ledger/trade', 'Other co-ops'],
    ['/ledger/trade/nettings', 'Debts in a ring'],
    ['/ledger/trade/in-doubt', 'Not yet decided'],
    ['/ledger/accounts/1', 'Accounts'],
  ])('%s is at %s', (path, text) => {
    expect(placeOf(path, groupsFor(true))?.text).toBe(text);
  });

  it('have no place for what is not the ledger', () => {
    expect(placeOf('/ledgers', groupsFor(true))).toBeUndefined();
  });

  it('are each at their own address, once', () => {
    const places = groupsFor(true).flatMap(({ places }) => places);
    expect(new Set(places.map(({ path }) => path)).size).toBe(places.length);
    for (const place of places) expect(placeOf(place.path, groupsFor(true))).toBe(place);
  });
});
