import { describe, expect, it } from 'vitest';
import type { BankLine, Reconciliation } from '../src/api/bank';
import { decode } from '../src/lib/csvread';
import { column, glance, guessColumns, guessDateFormat, guessDecimalMark, isXml } from '../src/lib/bankfile';
import { certainOf, nameOf, restOf, stepsOf } from '../src/lib/reconciling';

const german = `\uFEFFBuchungstag;Wertstellung;Auftraggeber/Empfänger;Verwendungszweck;Betrag;Währung
31.01.2026;31.01.2026;Mühle eG;"Mehl; 2 Säcke";-1.234,50;EUR
02.02.2026;02.02.2026;Ada;"sagt ""danke""";40,00;EUR
`;

describe('a bank’s CSV', () => {
  it('is glanced at: separator, head and rows', () => {
    const seen = glance(german);
    expect(seen.separator).toBe(';');
    expect(seen.head).toEqual(['Buchungstag', 'Wertstellung', 'Auftraggeber/Empfänger', 'Verwendungszweck', 'Betrag', 'Währung']);
    expect(column(seen, 'Verwendungszweck')).toEqual(['Mehl; 2 Säcke', 'sagt "danke"']);
    expect(column(seen, 'No such')).toEqual([]);
  });

  it('has its columns guessed', () => {
    expect(guessColumns(glance(german).head)).toEqual({
      date: 'Buchungstag',
      valueDate: 'Wertstellung',
      counterparty: 'Auftraggeber/Empfänger',
      text: 'Verwendungszweck',
      amount: 'Betrag',
      currency: 'Währung',
    });
    expect(guessColumns(['Date', 'Description', 'Amount', 'Balance', 'Reference'])).toEqual({
      date: 'Date',
      text: 'Description',
      amount: 'Amount',
      reference: 'Reference',
    });
    expect(guessColumns(['', 'Saldo'])).toEqual({});
  });

  it.each([
    [['31.01.2026', '', '02.02.2026'], 'dd.MM.yyyy'],
    [['2026-01-31'], 'yyyy-MM-dd'],
    [['01/02/2026', '13/02/2026'], 'dd/MM/yyyy'],
    [['01/02/2026', '01/13/2026'], 'MM/dd/yyyy'],
    [['20260131'], 'yyyyMMdd'],
    [['31.01.26'], 'dd.MM.yy'],
    [['soon'], 'yyyy-MM-dd'],
    [[], 'yyyy-MM-dd'],
  ])('has its dates %j read as %s', (values, format) => {
    expect(guessDateFormat(values)).toBe(format);
  });

  it.each([
    [['-1.234,50'], ','],
    [['1,234.50'], '.'],
    [['1.234', '12,5'], ','],
    [['1,234', '12.50 EUR'], '.'],
    [['40'], '.'],
  ])('has the decimal mark of %j: %s', (values, mark) => {
    expect(guessDecimalMark(values)).toBe(mark);
  });

  it('is read in the bytes that banks write', () => {
    expect(decode(new TextEncoder().encode('Müller').buffer)).toBe('Müller');
    expect(decode(new Uint8Array([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72]).buffer)).toBe('Müller');
  });

  it('is told from XML', () => {
    expect(isXml('\uFEFF \n<?xml version="1.0"?>')).toBe(true);
    expect(isXml('Date,Amount\n<,1')).toBe(false);
  });
});

describe('reconciling', () => {
  const state: Reconciliation = {
    asOf: '2026-02-28',
    statementMinor: 10000n,
    statementDate: '2026-02-27',
    bookMinor: 9500n,
    openLinesMinor: 1500n,
    openLines: 2,
    openPostingsMinor: 1000n,
    openPostings: 1,
    differenceMinor: 0n,
    isReconciled: false,
  };
  const sum = (of: Reconciliation): bigint =>
    stepsOf(of).slice(0, -1).reduce((total, { minor }) => total + minor, 0n);

  it('goes in steps from the bank’s balance to the books’', () => {
    expect(stepsOf(state).map(({ minor }) => minor)).toEqual([10000n, -1500n, 1000n, 9500n]);
    expect(sum(state)).toBe(state.bookMinor);
  });

  it('says what is not explained, so that the steps always add up', () => {
    const odd = { ...state, bookMinor: 9000n, differenceMinor: 500n };
    expect(stepsOf(odd).map(({ words }) => words)).toContain('Not explained');
    expect(sum(odd)).toBe(9000n);
  });

  it('has nothing to compare without a statement', () => {
    expect(stepsOf({ ...state, statementMinor: null })).toEqual([]);
  });

  it('calls a line by who it was with, and says the rest once', () => {
    const line = { counterparty: '', text: 'Rent', reference: 'R-1', suggestions: [] as unknown } as BankLine;
    expect([nameOf(line), restOf(line)]).toEqual(['Rent', ['R-1']]);
    expect(nameOf({ ...line, counterparty: 'Landlord' })).toBe('Landlord');
    expect(nameOf({ ...line, text: null, reference: null })).toBe('No description');
    expect(certainOf(line)).toBeNull();
  });
});
