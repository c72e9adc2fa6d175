import { describe, expect, it } from 'vitest';
import { draftOf, firstDraft, readGrant, type GrantDraft } from '../src/lib/grants';

const units = [{ code: 'EUR', name: 'Euro', scale: 2, kind: 'money' as const }];
const draft = (change: Partial<GrantDraft>): GrantDraft => ({ ...firstDraft(), ...change });

describe('readGrant', () => {
  it('puts the scopes in the order of the terms, and leaves out what no scope needs', () => {
    const read = readGrant(draft({ scopes: ['claims', 'replicate'], trade: [{ unit: 'EUR', amount: '1' }] }), units);
    expect(read).toEqual({
      grant: { scopes: ['replicate', 'claims'], requestsPerMinute: 600, retentionDays: 3650, witnessWithinSeconds: 0, trade: [] },
    });
  });

  it('reads amounts by the unit’s scale, and gives them back as they were', () => {
    const read = readGrant(draft({ scopes: ['trade'], trade: [{ unit: 'EUR', amount: '1250,5' }] }), units);
    expect(read).toMatchObject({ grant: { trade: [{ unit: 'EUR', maxCreditMinor: 125050n }] } });
    if ('problem' in read) throw new Error(read.problem);
    expect(draftOf(read.grant, units).trade).toEqual([{ unit: 'EUR', amount: '1250.50' }]);
    expect(readGrant(draftOf(read.grant, units), units)).toEqual(read);
  });

  it.each([
    [{ requestsPerMinute: 0 }, 'The number of requests a minute must be'],
    [{ requestsPerMinute: 100_001 }, 'The number of requests a minute must be'],
    [{ retentionDays: null }, 'The number of days must be'],
    [{ retentionDays: 1.5 }, 'The number of days must be'],
    [{ witnessWithinSeconds: 0 }, 'The time to confirm must be'],
    [{ scopes: ['trade'], trade: [{ unit: '', amount: '1' }] }, 'Choose a unit'],
    [{ scopes: ['trade'], trade: [{ unit: 'EUR', amount: '1' }, { unit: 'EUR', amount: '2' }] }, 'one trade limit for each unit'],
    [{ scopes: ['trade'], trade: [{ unit: 'EUR', amount: 'much' }] }, 'EUR: Write the amount in digits'],
    [{ scopes: ['trade'], trade: [{ unit: 'EUR', amount: '90071992547409.92' }] }, 'more than terms can say'],
  ] as [Partial<GrantDraft>, string][])('refuses %j', (change, words) => {
    const read = readGrant(draft(change), units);
    expect('problem' in read ? read.problem : '').toContain(words);
  });

  it('asks for no time to confirm where nothing is confirmed', () => {
    expect(readGrant(draft({ scopes: ['replicate'], witnessWithinSeconds: null }), units)).toHaveProperty('grant');
  });
});
