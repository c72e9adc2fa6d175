import { get, post, query, type Page } from './http';
import type { Person } from './ledger';

export interface ShareClass {
  readonly code: string;
  readonly name: string;
  readonly moneyUnit: string;
  /** What one share costs. */
  readonly parMinor: bigint;
  /** Whether who holds it has a vote. */
  readonly votes: boolean;
  readonly noticeDays: number;
}

export interface Holding {
  readonly member: Person;
  readonly class: string;
  readonly className: string;
  readonly moneyUnit: string;
  readonly parMinor: bigint;
  readonly votes: boolean;
  readonly shares: number;
  readonly paidMinor: bigint;
  readonly owedMinor: bigint;
  readonly shareAccountId: string;
  readonly capitalAccountId: string;
}

export interface ShareNotice {
  readonly id: string;
  readonly memberId: string;
  readonly class: string;
  readonly shares: number;
  readonly givenAt: string;
  readonly dueOn: string;
  readonly state: 'open' | 'redeemed' | 'withdrawn';
  readonly journalId: string | null;
}

export interface ShareRequest {
  readonly id: string;
  readonly memberId: string;
  readonly class: string;
  readonly shares: number;
  readonly askedAt: string;
  readonly state: 'open' | 'accepted' | 'declined' | 'withdrawn';
  /** Why it was declined. */
  readonly reason: string;
}

export interface ShareStatement {
  readonly holdings: readonly Holding[];
  readonly notices: readonly ShareNotice[];
  /** The newest first. */
  readonly requests: readonly ShareRequest[];
}

export interface Subscription {
  readonly memberId: string;
  readonly class: string;
  readonly shares: number;
  readonly effectiveDate: string;
}

export interface Payment {
  readonly memberId: string;
  readonly class: string;
  readonly amountMinor: bigint;
  /** Where the money came in. */
  readonly accountId: string;
  readonly effectiveDate: string;
}

export interface ShareTransfer {
  readonly fromMemberId: string;
  readonly toMemberId: string;
  readonly class: string;
  readonly shares: number;
  readonly effectiveDate: string;
}

const keyed = (key: string): Record<string, string> => ({ 'X-Idempotency-Key': key });

export const classes = (cursor: string | null): Promise<Page<ShareClass>> => get(`/api/shares/classes${query({ cursor })}`);

export const createClass = (shareClass: ShareClass): Promise<unknown> => post('/api/shares/classes', shareClass);

export const statementOf = (memberId: string): Promise<ShareStatement> => get(`/api/shares/members/${memberId}`);

export const holdings = (code: string, cursor: string | null): Promise<Page<Holding>> =>
  get(`/api/shares/holdings${query({ class: code, cursor })}`);

export const notices = (cursor: string | null): Promise<Page<ShareNotice>> => get(`/api/shares/notices${query({ cursor })}`);

export const requests = (cursor: string | null): Promise<Page<ShareRequest>> => get(`/api/shares/requests${query({ cursor })}`);

export const ask = (code: string, shares: number, key: string): Promise<unknown> =>
  post('/api/shares/requests', { class: code, shares }, keyed(key));

export const withdrawRequest = (id: string): Promise<unknown> => post(`/api/shares/requests/${id}/withdrawal`);

export const accept = (id: string, effectiveDate: string, key: string): Promise<unknown> =>
  post(`/api/shares/requests/${id}/acceptance`, { effectiveDate }, keyed(key));

export const decline = (id: string, reason: string): Promise<unknown> => post(`/api/shares/requests/${id}/refusal`, { reason });

export const subscribe = (subscription: Subscription, key: string): Promise<unknown> =>
  post('/api/shares/subscriptions', subscription, keyed(key));

export const payIn = (payment: Payment, key: string): Promise<unknown> => post('/api/shares/payments', payment, keyed(key));

export const transfer = (given: ShareTransfer, key: string): Promise<unknown> =>
  post('/api/shares/transfers', given, keyed(key));

export const giveNotice = (code: string, shares: number, key: string): Promise<unknown> =>
  post('/api/shares/notices', { class: code, shares }, keyed(key));

export const withdraw = (id: string): Promise<unknown> => post(`/api/shares/notices/${id}/withdrawal`);

export const redeem = (id: string, accountId: string, effectiveDate: string, key: string): Promise<unknown> =>
  post(`/api/shares/notices/${id}/redemption`, { accountId, effectiveDate }, keyed(key));
