import { describe, expect, it } from 'vitest';
import { inBatches, parsePercent, readRecords } from '../src/lib/patronage';

const unit = { code: 'EUR', name: 'Euro', scale: 2, kind: 'money' } as const;
const members = [
  { id: 'a', name: 'Ada' },
  { id: 'b', name: 'Ben' },
  { id: 'c', name: 'Ben' },
];
const read = (text: string) => readRecords(text, 'purchases', unit, members);

describe('records of business', () => {
  it('are a number, a member and an amount; without a member it is somebody else', () => {
    const common = { kind: 'purchases', unit: 'EUR' };
    expect(read('R-1;ada;12,50\n\nR-2;;3\nR-3;c;-1.25').records).toEqual([
      { key: 'R-1', ...common, amountMinor: 1250n, memberId: 'a' },
      { key: 'R-2', ...common, amountMinor: 300n },
      { key: 'R-3', ...common, amountMinor: -125n, memberId: 'c' },
    ]);
  });

  it.each([
    ['R-1;Ada', 'Line 1: It must have a number, a member and an amount.'],
    ['R 1;Ada;1', 'Line 1: “R 1” cannot be a number: letters, digits and signs without spaces.'],
    ['R-1;Ada;1\nR-1;Ada;2', 'Line 2: The number R-1 is there twice.'],
    ['R-1;Eve;1', 'Line 1: There is no member Eve.'],
    ['R-1;Ben;1', 'Line 1: Several members are called Ben: write the id instead.'],
    ['R-1;Ada;0', 'Line 1: The amount must not be zero.'],
    ['R-1;Ada;1.234', 'Line 1: This unit has at most 2 digits after the point.'],
  ])('say what is wrong with %j', (text, problem) => {
    expect(read(text).problems).toEqual([problem]);
  });

  it('are sent in batches', () => {
    expect(inBatches([1, 2, 3], 2)).toEqual([[1, 2], [3]]);
    expect(inBatches([], 2)).toEqual([]);
  });
});

describe('a percentage', () => {
  it.each([['20', 2000], ['2,5 %', 250], ['0', 0], ['100', 10_000]])('of %j is %i hundredths', (text, value) => {
    expect(parsePercent(text)).toBe(value);
  });

  it.each(['', '-1', '101', 'x', '1.234'])('is not %j', (text) => {
    expect(parsePercent(text)).toBeNull();
  });
});
