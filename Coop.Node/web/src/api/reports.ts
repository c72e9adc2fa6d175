import { get, query, type Page } from './http';
import type { AccountType } from './ledger';

export interface ReportLine {
  readonly accountId: string;
  readonly code: string | null;
  readonly name: string;
  readonly type: AccountType;
  readonly unit: string;
  /** Steps from the top of the chart. */
  readonly depth: number;
  readonly isParent: boolean;
  /** Its own; debits positive. */
  readonly balanceMinor: bigint;
  /** As the account's type grows. */
  readonly normalBalanceMinor: bigint;
  /** Its own and what stands below it, as the account's type grows. */
  readonly normalBranchMinor: bigint;
}

export interface UnitTotal {
  readonly unit: string;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
  readonly assetsMinor: bigint;
  readonly liabilitiesMinor: bigint;
  readonly equityMinor: bigint;
  readonly incomeMinor: bigint;
  readonly expensesMinor: bigint;
  /** Income less expenses. */
  readonly resultMinor: bigint;
}

export interface Report {
  readonly lines: readonly ReportLine[];
  readonly totals: readonly UnitTotal[];
}

export interface StatementLine {
  readonly effectiveDate: string;
  readonly journalId: string;
  readonly amountMinor: bigint;
  readonly balanceMinor: bigint;
  readonly memo: string;
  readonly bookedAt: string;
}

export interface Statement {
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
  readonly lines: Page<StatementLine>;
}

export const trialBalance = (asOf: string): Promise<Report> => get(`/api/ledger/reports/trial-balance${query({ asOf })}`);

export const balanceSheet = (asOf: string): Promise<Report> => get(`/api/ledger/reports/balance-sheet${query({ asOf })}`);

export const incomeStatement = (from: string, to: string): Promise<Report> =>
  get(`/api/ledger/reports/income-statement${query({ from, to })}`);

export const statement = (id: string, from: string, to: string, cursor: string | null): Promise<Statement> =>
  get(`/api/ledger/accounts/${id}/statement${query({ from, to, limit: 200, cursor })}`);
