import { describe, expect, it } from 'vitest';
import { formatAmount, formatNumber, parseAmount } from '../src/lib/amount';

describe('formatAmount', () => {
  it.each([
    [123450n, 2, '1,234.50'],
    [-5n, 2, '−0.05'],
    [0n, 2, '0.00'],
    [7n, 0, '7'],
    [1n, 9, '0.000000001'],
    [9223372036854775807n, 2, '92,233,720,368,547,758.07'],
  ])('writes %s at scale %s', (minor, scale, expected) => {
    expect(formatNumber(minor, scale, 'en')).toBe(expected);
  });

  it('uses the separators of the reader', () => {
    expect(formatAmount(123450n, { code: 'EUR', scale: 2 }, 'de')).toBe('1.234,50 EUR');
  });
});

describe('parseAmount', () => {
  it.each([
    ['12', 2, 1200n],
    ['12.5', 2, 1250n],
    ['12,50', 2, 1250n],
    [' 0.01 ', 2, 1n],
    ['3', 0, 3n],
    ['92233720368547758.07', 2, 9223372036854775807n],
  ])('reads %j at scale %s', (text, scale, minor) => {
    expect(parseAmount(text, scale)).toEqual({ minor });
  });

  it.each([
    ['', 2], ['0', 2], ['0.00', 2], ['-1', 2], ['1.234', 2], ['1.5', 0], ['1,000.00', 2], ['1e3', 2],
    ['twelve', 2], ['92233720368547758.08', 2],
  ])('refuses %j at scale %s', (text, scale) => {
    expect(parseAmount(text, scale)).toHaveProperty('problem');
  });
});
