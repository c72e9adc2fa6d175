import { describe, expect, it } from 'vitest';
import type { Report, ReportLine, UnitTotal } from '../src/api/reports';
import { parseLimit, writeLimit } from '../src/lib/amount';
import { Books, movedBy } from '../src/lib/books';
import { toCsv } from '../src/lib/csv';
import { dayAfter, dayBefore, monthBegins, yearBegins } from '../src/lib/days';
import { byUnit } from '../src/lib/reports';
import { canTakeBack, readAddress, writeAddress } from '../src/lib/trade';
import { account } from './accounts';

describe('a limit', () => {
  it.each([
    ['', 2, null],
    ['0', 2, 0n],
    ['0.00', 2, 0n],
    ['-50', 2, -5000n],
    ['−12.5', 2, -1250n],
    ['7', 0, 7n],
  ])('reads %j at scale %i', (text, scale, minor) => {
    expect(parseLimit(text, scale)).toEqual({ minor });
  });

  it.each(['-', '--5', 'x', '1.234'])('refuses %j', (text) => {
    expect(parseLimit(text, 2)).toHaveProperty('problem');
  });

  it.each([null, 0n, 5n, -5n, 123456n, -(2n ** 62n)])('is read as it is written: %s', (minor) => {
    expect(parseLimit(writeLimit(minor, 2), 2)).toEqual({ minor });
  });
});

describe('days', () => {
  it('go from month to month and year to year, leap days too', () => {
    expect(dayBefore('2026-01-01')).toBe('2025-12-31');
    expect(dayBefore('2024-03-01')).toBe('2024-02-29');
    expect(dayAfter('2026-02-28')).toBe('2026-03-01');
    expect([monthBegins('2026-11-23'), yearBegins('2026-11-23')]).toEqual(['2026-11-01', '2026-01-01']);
  });
});

describe('CSV', () => {
  it('quotes, and keeps what could be a formula as text', () => {
    const rows = [['a,b', 'say "x"'], ['=1+1', '-5.00'], ['-cmd', '@x']];
    expect(toCsv(rows).split('\r\n')).toEqual(['"a,b","say ""x"""', `'=1+1,-5.00`, `'-cmd,'@x`, '']);
  });
});

describe('what an entry moves', () => {
  it('is its debits, unit by unit', () => {
    const books = new Books(
      [account({ id: 'a' }), account({ id: 'b' }), account({ id: 'h', unit: 'HRS' })],
      [
        { code: 'EUR', name: 'Euro', scale: 2, kind: 'money' },
        { code: 'HRS', name: 'Hours', scale: 0, kind: 'hours' },
      ],
    );
    const of = (accountId: string, amountMinor: bigint) => ({ accountId, amountMinor });
    const moved = movedBy([of('a', 500n), of('b', -300n), of('b', -200n), of('h', 3n), of('h', -3n)], books);
    expect(moved).toEqual(['5.00 EUR', '3 HRS']);
  });
});

describe('a report', () => {
  const line = (unit: string, type: ReportLine['type'], minor: bigint): ReportLine => ({
    accountId: `${unit}-${type}-${minor}`,
    code: null,
    name: type,
    type,
    unit,
    balanceMinor: minor,
    depth: 0,
    isParent: false,
    normalBalanceMinor: minor,
    normalBranchMinor: minor,
  });
  const total = (unit: string): UnitTotal => ({
    unit,
    debitMinor: 0n,
    creditMinor: 0n,
    assetsMinor: 0n,
    liabilitiesMinor: 0n,
    equityMinor: 0n,
    incomeMinor: 0n,
    expensesMinor: 0n,
    resultMinor: 0n,
  });

  it('is one for each unit, in groups with their sums', () => {
    const report: Report = {
      lines: [line('EUR', 'income', 4n), line('EUR', 'asset', 1n), line('HRS', 'asset', 9n), line('EUR', 'asset', 2n)],
      totals: [total('EUR'), total('HRS')],
    };
    const read = byUnit(report).map(({ unit, groups }) => [unit, ...groups.map((g) => `${g.type} ${g.sumMinor}`)]);
    expect(read).toEqual([['EUR', 'asset 3', 'income 4'], ['HRS', 'asset 9']]);
  });
});

describe('a payment address', () => {
  const address = { did: 'did:webvh:QmX:coop.example%3A5080', accountId: '0198c2f0-1234-7abc-8def-0123456789ab' };

  it('is read as it is written, with space around it too', () => {
    expect(readAddress(`  ${writeAddress(address)} `)).toEqual(address);
  });

  it.each(['', 'did:web:x', 'https://coop.example/accounts/1', 'did:web:x/accounts/nobody'])('is not %j', (text) => {
    expect(readAddress(text)).toBeNull();
  });

  it('is paid by a transfer that can be taken back until it is decided', () => {
    expect(canTakeBack({ role: 'payer', state: 'prepared', kind: 'payment' })).toBe(true);
    expect(canTakeBack({ role: 'payer', state: 'committed', kind: 'payment' })).toBe(false);
    expect(canTakeBack({ role: 'payee', state: 'offered', kind: 'payment' })).toBe(false);
  });
});
