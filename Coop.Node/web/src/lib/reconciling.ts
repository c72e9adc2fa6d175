import type { BankLine, Reconciliation } from '../api/bank';

/** One step from what the bank says to what the books say. */
export interface Step {
  readonly words: string;
  readonly minor: bigint;
}

/**
 * How the bank's balance and the books' come together: statement - open lines + open entries = books, as far as
 * all is explained.
 */
export function stepsOf(state: Reconciliation): readonly Step[] {
  if (state.statementMinor === null) return [];
  return [
    { words: 'The bank says', minor: state.statementMinor },
    { words: `Lines that are not in the books yet (${state.openLines})`, minor: -state.openLinesMinor },
    { words: `Entries that the bank has not shown yet (${state.openPostings})`, minor: state.openPostingsMinor },
    ...(state.differenceMinor ? [{ words: 'Not explained', minor: state.bookMinor - expected(state) }] : []),
    { words: 'The books say', minor: state.bookMinor },
  ];
}

const expected = ({ statementMinor, openLinesMinor, openPostingsMinor }: Reconciliation): bigint =>
  (statementMinor ?? 0n) - openLinesMinor + openPostingsMinor;

/** What a line is called: who it was with, or else what the bank says. */
export const nameOf = ({ counterparty, text, reference }: BankLine): string =>
  counterparty || text || reference || 'No description';

/** What the bank says besides. */
export const restOf = (line: BankLine): readonly string[] =>
  [line.text, line.reference].filter((part): part is string => Boolean(part) && part !== nameOf(line));

/** The one entry that a click confirms. */
export const certainOf = ({ suggestions }: BankLine) => suggestions.find(({ isCertain }) => isCertain) ?? null;
