import type { Journal } from '../api/ledger';

interface Payload {
  readonly journalId?: unknown;
  readonly memo?: unknown;
  readonly effectiveDate?: unknown;
  readonly postings?: readonly { readonly accountId?: unknown; readonly amountMinor?: unknown }[];
}

type Shown = Pick<Journal, 'id' | 'memo' | 'effectiveDate' | 'postings'>;

/**
 * Whether the log's journal.posted (specs/ledger.md, Events) is the entry that is shown: the same day, words and lines,
 * in whatever order.
 */
export function isOf(payload: Payload | null, { id, memo, effectiveDate, postings }: Shown): boolean {
  if (payload === null || !Array.isArray(payload.postings)) return false;
  const logged = payload.postings.map(({ accountId, amountMinor }) => `${accountId} ${amountMinor}`).sort();
  const shown = postings.map(({ accountId, amountMinor }) => `${accountId} ${amountMinor}`).sort();
  const isSameHead = payload.journalId === id && (payload.memo ?? '') === memo && payload.effectiveDate === effectiveDate;
  return isSameHead && logged.join() === shown.join();
}
