import { describe, expect, it } from 'vitest';
import { isOf } from '../src/lib/journalreceipt';

const posting = (accountId: string, amountMinor: bigint) => ({ accountId, amountMinor, accountName: accountId, unit: 'EUR' });
const journal = { id: 'j', memo: 'Rent', effectiveDate: '2026-01-31', postings: [posting('a', 500n), posting('b', -500n)] };
const payload = {
  journalId: 'j',
  memo: 'Rent',
  effectiveDate: '2026-01-31',
  postings: [{ accountId: 'b', amountMinor: '-500' }, { accountId: 'a', amountMinor: '500' }],
};

describe('an entry in the log', () => {
  it('is the one that is shown, in whatever order its lines stand', () => {
    expect(isOf(payload, journal)).toBe(true);
  });

  it.each([
    ['another entry', { ...payload, journalId: 'k' }],
    ['another day', { ...payload, effectiveDate: '2026-02-01' }],
    ['other words', { ...payload, memo: 'Wages' }],
    ['another amount', { ...payload, postings: [{ accountId: 'a', amountMinor: '501' }, { accountId: 'b', amountMinor: '-501' }] }],
    ['another account', { ...payload, postings: [{ accountId: 'c', amountMinor: '500' }, { accountId: 'b', amountMinor: '-500' }] }],
    ['a line more', { ...payload, postings: [...payload.postings, { accountId: 'a', amountMinor: '0' }] }],
    ['no lines', { journalId: 'j' }],
    ['nothing', null],
  ])('is not the one that is shown where it is %s', (_, other) => {
    expect(isOf(other, journal)).toBe(false);
  });
});
