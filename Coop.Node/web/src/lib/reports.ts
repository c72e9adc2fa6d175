import type { AccountType } from '../api/ledger';
import type { Report, ReportLine, UnitTotal } from '../api/reports';
import { accountTypes } from './chart';

export type ReportKind = 'trial-balance' | 'balance-sheet' | 'income-statement';

/** One unit's part of a report: its accounts in groups, each with its sum. */
export interface UnitReport {
  readonly unit: string;
  readonly total: UnitTotal;
  readonly groups: readonly ReportGroup[];
}

export interface ReportGroup {
  readonly type: AccountType;
  readonly lines: readonly ReportLine[];
  readonly sumMinor: bigint;
}

/** Amounts of different units are never added, so every unit is a report of its own. */
export const byUnit = ({ lines, totals }: Report): readonly UnitReport[] =>
  totals.map((total) => ({
    unit: total.unit,
    total,
    groups: groupsOf(lines.filter(({ unit }) => unit === total.unit)),
  }));

const groupsOf = (lines: readonly ReportLine[]): readonly ReportGroup[] =>
  accountTypes
    .map((type) => {
      const own = lines.filter((line) => line.type === type);
      return { type, lines: own, sumMinor: own.reduce((sum, line) => sum + line.normalBalanceMinor, 0n) };
    })
    .filter((group) => group.lines.length > 0);
