import { get, post, query, remove, type Page } from './http';

/** How a bank writes its CSV: the columns by the names in its head row. */
export interface CsvColumns {
  readonly date: string;
  readonly amount: string;
  /** As .NET has it, e.g. dd.MM.yyyy. */
  readonly dateFormat: string;
  readonly decimalMark: '.' | ',';
  readonly separator: ',' | ';' | '\t';
  readonly valueDate?: string;
  readonly reference?: string;
  readonly counterparty?: string;
  readonly text?: string;
  readonly bankReference?: string;
  readonly currency?: string;
}

export interface StatementFile {
  readonly format: 'camt053' | 'csv';
  readonly content: string;
  readonly columns?: CsvColumns;
}

export interface BankStatement {
  readonly id: string;
  /** The bank's own number of it. */
  readonly bankId: string;
  readonly from: string;
  readonly to: string;
  readonly openingMinor: bigint | null;
  readonly closingMinor: bigint | null;
  readonly lines: number;
  /** Lines that were there already. */
  readonly duplicates: number;
}

/** An entry of the books that a line may be. */
export interface Suggestion {
  readonly journalId: string;
  readonly line: number;
  readonly effectiveDate: string;
  readonly memo: string;
  readonly reference: string | null;
  readonly score: number;
  /** No other entry fits as well, and no other line fits the entry. */
  readonly isCertain: boolean;
}

export interface BankLine {
  readonly id: string;
  readonly statementId: string;
  readonly bookedOn: string;
  readonly valueOn: string;
  /** Positive where money came in. */
  readonly amountMinor: bigint;
  readonly bankReference: string | null;
  readonly reference: string | null;
  readonly counterparty: string | null;
  readonly text: string | null;
  readonly state: LineState;
  readonly journalId: string | null;
  readonly suggestions: readonly Suggestion[];
  /** What a rule proposes to book. */
  readonly proposal: { readonly counterAccountId: string; readonly memo: string | null } | null;
}

export type LineState = 'open' | 'matched';

export interface NewBooking {
  readonly counterAccountId: string;
  readonly memo?: string;
  /** Whenever a line has these words, the same account is proposed. */
  readonly remember?: string;
}

export interface BankRule {
  readonly id: string;
  readonly contains: string;
  readonly counterAccountId: string;
  readonly memo: string | null;
}

export interface Reconciliation {
  readonly asOf: string;
  /** What the newest statement says; null where none says it. */
  readonly statementMinor: bigint | null;
  readonly statementDate: string | null;
  readonly bookMinor: bigint;
  readonly openLinesMinor: bigint;
  readonly openLines: number;
  readonly openPostingsMinor: bigint;
  readonly openPostings: number;
  readonly differenceMinor: bigint | null;
  readonly isReconciled: boolean;
}

const of = (accountId: string): string => `/api/ledger/accounts/${accountId}`;

export const bring = (accountId: string, file: StatementFile): Promise<{ statements: readonly BankStatement[] }> =>
  post(`${of(accountId)}/bank-statements`, file);

export const statements = (accountId: string, cursor: string | null): Promise<Page<BankStatement>> =>
  get(`${of(accountId)}/bank-statements${query({ cursor })}`);

export const lines = (accountId: string, state: LineState, cursor: string | null): Promise<Page<BankLine>> =>
  get(`${of(accountId)}/bank-lines${query({ state, limit: 50, cursor })}`);

export const match = (id: string, { journalId, line }: Pick<Suggestion, 'journalId' | 'line'>): Promise<BankLine> =>
  post(`/api/ledger/bank-lines/${id}/match`, { journalId, line });

export const unmatch = (id: string): Promise<BankLine> => post(`/api/ledger/bank-lines/${id}/unmatch`);

export const book = (id: string, booking: NewBooking): Promise<BankLine> =>
  post(`/api/ledger/bank-lines/${id}/book`, booking);

export const rules = async (accountId: string): Promise<readonly BankRule[]> =>
  (await get<{ items: readonly BankRule[] }>(`${of(accountId)}/bank-rules`)).items;

export const forget = (id: string): Promise<null> => remove(`/api/ledger/bank-rules/${id}`);

export const reconciliation = (accountId: string, asOf: string): Promise<Reconciliation> =>
  get(`${of(accountId)}/reconciliation${query({ asOf })}`);
