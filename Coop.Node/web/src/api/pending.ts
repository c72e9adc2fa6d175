import { get, post, query, type Page } from './http';
import type { JournalDraft, PostingDraft } from './ledger';

export type PendingState = 'pending' | 'posted' | 'voided' | 'expired';

/** An entry that is reserved, and not yet booked. */
export interface Pending {
  readonly id: string;
  readonly state: PendingState;
  readonly memo: string;
  readonly effectiveDate: string;
  readonly reservedAt: string;
  /** When it ends by itself; null for never. */
  readonly expiresAt: string | null;
  /** What was booked of it. */
  readonly journalId: string | null;
  readonly postings: readonly PostingDraft[];
}

const keyed = (key: string): Record<string, string> => ({ 'X-Idempotency-Key': key });

export const list = (cursor: string | null): Promise<Page<Pending>> => get(`/api/ledger/pending${query({ cursor })}`);

/** Reserves what an entry will move, until it is booked, given up, or `expiresAt`. */
export const reserve = (
  journal: JournalDraft,
  expiresAt: string | null,
  idempotencyKey: string,
): Promise<{ id: string }> =>
  post('/api/ledger/pending', { journal, ...(expiresAt && { expiresAt }) }, keyed(idempotencyKey));

export const book = (id: string, idempotencyKey: string): Promise<{ id: string }> =>
  post(`/api/ledger/pending/${id}/post`, {}, keyed(idempotencyKey));

export const giveUp = (id: string, idempotencyKey: string): Promise<unknown> =>
  post(`/api/ledger/pending/${id}/void`, {}, keyed(idempotencyKey));
