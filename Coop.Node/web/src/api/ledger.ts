import { get, post, query, type Page } from './http';

export type UnitKind = 'money' | 'hours' | 'shares' | 'other';
export type AccountType = 'asset' | 'liability' | 'equity' | 'income' | 'expense';

export interface Unit {
  readonly code: string;
  readonly name: string;
  /** Digits after the decimal point: an amount of 1250 at scale 2 is 12.50. */
  readonly scale: number;
  readonly kind: UnitKind;
}

export interface Account {
  readonly id: string;
  readonly code?: string | null;
  readonly name: string;
  readonly unit: string;
  readonly type: AccountType;
  readonly ownerId?: string | null;
  readonly floorMinor?: bigint | null;
  readonly balanceMinor: bigint;
}

export interface NewAccount {
  readonly code?: string;
  readonly name: string;
  readonly unit: string;
  readonly type: AccountType;
  readonly ownerId?: string;
  readonly floorMinor?: bigint;
}

/** A debit is positive, a credit negative. */
export interface PostingDraft {
  readonly accountId: string;
  readonly amountMinor: bigint;
}

export interface JournalDraft {
  readonly memo: string;
  /** yyyy-MM-dd. */
  readonly effectiveDate: string;
  readonly postings: readonly PostingDraft[];
}

export interface HistoryLine {
  readonly journalId: string;
  readonly memo: string;
  readonly effectiveDate: string;
  readonly bookedAt: string;
  readonly amountMinor: bigint;
  readonly balanceMinor: bigint;
}

export const units = (): Promise<Page<Unit>> => get(`/api/ledger/units${query({ limit: 200 })}`);

export const createUnit = (unit: Unit): Promise<unknown> => post('/api/ledger/units', unit);

export const accounts = (cursor?: string | null): Promise<Page<Account>> =>
  get(`/api/ledger/accounts${query({ limit: 200, cursor })}`);

export const findAccount = (id: string): Promise<Account> => get(`/api/ledger/accounts/${id}`);

export const createAccount = (account: NewAccount): Promise<{ id: string }> =>
  post('/api/ledger/accounts', account);

export const history = (id: string, cursor?: string | null): Promise<Page<HistoryLine>> =>
  get(`/api/ledger/accounts/${id}/postings${query({ cursor })}`);

/**
 * Posts a journal. The key is made once per form: sending the form again, after no answer came, books
 * nothing twice.
 */
export const book = (journal: JournalDraft, idempotencyKey: string): Promise<{ id: string }> =>
  post('/api/ledger/journals', journal, { 'X-Idempotency-Key': idempotencyKey });
