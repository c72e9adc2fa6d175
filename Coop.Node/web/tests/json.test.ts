import { describe, expect, it } from 'vitest';
import { readJson, writeJson } from '../src/api/json';

const large = 2n ** 63n - 1n;

describe('amounts in JSON', () => {
  it('are read exactly where the browser tells the source, and as integers anywhere', () => {
    expect(readJson('{"amountMinor":-1250,"limit":50}')).toEqual({ amountMinor: -1250n, limit: 50 });
    expect(readJson('{"balanceMinor":null}')).toEqual({ balanceMinor: null });
  });

  it('are written as plain integers', () => {
    expect(writeJson({ amountMinor: -1250n })).toBe('{"amountMinor":-1250}');
  });

  it('are never written rounded', () => {
    const exact = `{"amountMinor":${large}}`;
    const write = () => writeJson({ amountMinor: large });
    if ('rawJSON' in JSON) expect(write()).toBe(exact);
    else expect(write).toThrow(RangeError);
  });
});
