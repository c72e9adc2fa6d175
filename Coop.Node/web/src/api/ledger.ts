import { get, post, put, query, type Page } from './http';

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
  /** The member that it is kept for; null for the co-op's own. */
  readonly owner: Person | null;
  /** Debits positive, credits negative; null where it is another member's business. */
  readonly balanceMinor: bigint | null;
  /** As the account's type grows: what its reader calls more is positive. */
  readonly normalBalanceMinor: bigint | null;
  /** The same less what pending entries will take from it. */
  readonly availableMinor: bigint | null;
  /** What the balance may not go below; null for no floor. */
  readonly floorMinor: bigint | null;
  readonly ceilingMinor: bigint | null;
  /** The account that it stands below. */
  readonly parentId: string | null;
  /** A heading, on which nothing is booked. */
  readonly isPlaceholder: boolean;
  readonly isClosed: boolean;
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** What of an account may be changed, all of it at once. */
export interface AccountTerms {
  readonly name: string;
  readonly code?: string;
  readonly parentId?: string;
  readonly placeholder: boolean;
  readonly floorMinor?: bigint;
  readonly ceilingMinor?: bigint;
}

export interface NewAccount extends AccountTerms {
  readonly unit: string;
  readonly type: AccountType;
  readonly ownerId?: string;
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
  /** The number of the document that it rests on. */
  readonly reference?: string;
  /** SHA-256 of documents kept elsewhere, in hexadecimal. */
  readonly attachments?: readonly string[];
}

export interface Journal {
  readonly id: string;
  /** Its place in the books; null from before there were numbers. */
  readonly number: number | null;
  readonly memo: string;
  readonly reference: string | null;
  readonly attachments: readonly string[];
  /** The entry that it takes back. */
  readonly reverses: string | null;
  readonly reversedBy: string | null;
  readonly effectiveDate: string;
  readonly bookedAt: string;
  /** Null for the node itself. */
  readonly bookedBy: Person | null;
  readonly eventId: string;
  readonly postings: readonly JournalPosting[];
}

export interface JournalPosting extends PostingDraft {
  readonly accountName: string;
  readonly unit: string;
}

export interface HistoryLine {
  readonly seq: number;
  readonly journalId: string;
  readonly memo: string;
  readonly effectiveDate: string;
  readonly bookedAt: string;
  readonly amountMinor: bigint;
  readonly balanceMinor: bigint;
}

export const units = (cursor?: string | null): Promise<Page<Unit>> =>
  get(`/api/ledger/units${query({ limit: 200, cursor })}`);

export const createUnit = (unit: Unit): Promise<unknown> => post('/api/ledger/units', unit);

export const accounts = (cursor?: string | null): Promise<Page<Account>> =>
  get(`/api/ledger/accounts${query({ limit: 200, cursor })}`);

export const findAccount = (id: string): Promise<Account> => get(`/api/ledger/accounts/${id}`);

export const createAccount = (account: NewAccount): Promise<{ id: string }> =>
  post('/api/ledger/accounts', account);

export const changeAccount = (id: string, terms: AccountTerms): Promise<unknown> =>
  put(`/api/ledger/accounts/${id}`, terms);

export const closeAccount = (id: string): Promise<unknown> => post(`/api/ledger/accounts/${id}/close`);

export const journals = (cursor?: string | null): Promise<Page<Journal>> =>
  get(`/api/ledger/journals${query({ limit: 50, cursor })}`);

export const findJournal = (id: string): Promise<Journal> => get(`/api/ledger/journals/${id}`);

export const history = (id: string, cursor?: string | null): Promise<Page<HistoryLine>> =>
  get(`/api/ledger/accounts/${id}/postings${query({ cursor })}`);

/** Books the opposite of an entry, once. */
export const reverse = (
  id: string,
  reversal: Pick<JournalDraft, 'memo' | 'effectiveDate'>,
  idempotencyKey: string,
): Promise<{ id: string }> =>
  post(`/api/ledger/journals/${id}/reverse`, reversal, { 'X-Idempotency-Key': idempotencyKey });

/**
 * Posts a journal. The key is made once per form: sending the form again, after no answer came, books
 * nothing twice.
 */
export const book = (journal: JournalDraft, idempotencyKey: string): Promise<{ id: string }> =>
  post('/api/ledger/journals', journal, { 'X-Idempotency-Key': idempotencyKey });
