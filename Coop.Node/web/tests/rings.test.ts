import { describe, expect, it } from 'vitest';
import type { Netting } from '../src/api/nettings';
import { debtsOf, Names, notYetProposed, toneOf, wordsLeft, wordsOf } from '../src/lib/rings';

const [us, mill, dairy] = ['did:webvh:QmUs:us.example', 'did:webvh:QmMill:mill.example', 'did:webvh:QmDairy:dairy.example%3A5080'];
const names = new Names(us!, [{ did: mill!, name: 'Mill Co-op' }]);

describe('a ring of debts', () => {
  it('is told from what we are owed to what we owe', () => {
    const told = ['Mill Co-op owes us', 'dairy.example:5080 owes Mill Co-op', 'we owe dairy.example:5080'];
    expect(debtsOf([us!, mill!, dairy!], names)).toEqual(told);
  });

  it('is the same ring from wherever it is read', () => {
    expect(debtsOf([mill!, dairy!, us!], names)).toEqual(debtsOf([us!, mill!, dairy!], names));
  });

  it('is not proposed twice while it waits, and may be again when it is over', () => {
    const possible = [{ ring: [us!, mill!, dairy!], unit: 'EUR', amountMinor: 5n }];
    const proposed = (state: Netting['state'], unit = 'EUR') =>
      [{ ring: [dairy!, us!, mill!], unit, amountMinor: 5n, state }] as unknown as Netting[];
    expect(notYetProposed(possible, proposed('waiting'))).toEqual([]);
    expect(notYetProposed(possible, proposed('waiting', 'HRS'))).toEqual(possible);
    expect(notYetProposed(possible, proposed('committed'))).toEqual(possible);
  });

  it('has a state in words', () => {
    expect([wordsOf({ state: 'waiting' }), toneOf({ state: 'waiting' })]).toEqual(['Waits for our answer', 'warm']);
    expect([toneOf({ state: 'committed' }), toneOf({ state: 'aborted' })]).toEqual(['good', 'bad']);
  });
});

describe('a transfer in doubt', () => {
  it('was not paid before anybody promised', () => {
    expect(wordsLeft({ state: 'offered', ourWord: null })).toEqual(['unpaid']);
    expect(wordsLeft({ state: 'promised', ourWord: null })).toEqual(['paid', 'unpaid']);
  });

  it('may have its word changed, and none when it is decided', () => {
    expect(wordsLeft({ state: 'accepted', ourWord: 'paid' })).toEqual(['unpaid']);
    expect(wordsLeft({ state: 'committed', ourWord: null })).toEqual([]);
  });
});
