import { get, post, query, type Page } from './http';

/** A co-op with which this one trades. */
export interface TradePeer {
  readonly did: string;
  readonly name: string;
  readonly isOpen: boolean;
  /** Whether the two nodes have told each other what they hold. */
  readonly isReady: boolean;
  readonly frozen: 'fork' | 'breach' | null;
  readonly positions: readonly Position[];
}

export interface Position {
  readonly unit: string;
  /** What they owe us; negative where we owe them. */
  readonly netMinor: bigint;
  readonly reservedMinor: bigint;
  readonly promisedMinor: bigint;
  readonly theyMayOweMinor: bigint | null;
  readonly weMayOweMinor: bigint | null;
  /** Where the books keep it; null before the first transfer. */
  readonly accountId: string | null;
}

export type TransferState =
  | 'prepared'
  | 'accepted'
  | 'rejected'
  | 'committed'
  | 'closed'
  | 'offered'
  | 'promised'
  | 'refused'
  | 'due'
  | 'credited'
  | 'aborted';

export interface Transfer {
  readonly id: string;
  /** The DID of the other co-op. */
  readonly peer: string;
  readonly role: 'payer' | 'payee';
  readonly state: TransferState;
  readonly isFinal: boolean;
  readonly kind: 'payment' | 'settlement' | 'netting' | null;
  readonly unit: string | null;
  readonly amountMinor: bigint | null;
  readonly memo: string | null;
  readonly reason: string | null;
  readonly createdAt: string;
}

export interface NewTransfer {
  readonly peer: string;
  readonly fromAccountId: string;
  readonly toAccountId: string;
  readonly amountMinor: bigint;
  readonly memo: string;
}

export interface NewSettlement {
  readonly peer: string;
  /** Where the money came in. */
  readonly accountId: string;
  readonly amountMinor: bigint;
  readonly memo: string;
}

const keyed = (key: string): Record<string, string> => ({ 'X-Idempotency-Key': key });

export const peers = (): Promise<readonly TradePeer[]> => get('/api/trade/peers');

export const transfers = (cursor: string | null): Promise<Page<Transfer>> =>
  get(`/api/trade/transfers${query({ cursor })}`);

export const pay = (transfer: NewTransfer, idempotencyKey: string): Promise<Transfer> =>
  post('/api/trade/transfers', transfer, keyed(idempotencyKey));

/** Takes a payment back that was not decided yet. */
export const takeBack = (id: string): Promise<unknown> => post(`/api/trade/transfers/${id}/cancellation`);

/** Says that the other co-op has paid what it owed. */
export const settle = (settlement: NewSettlement, idempotencyKey: string): Promise<unknown> =>
  post('/api/trade/settlements', settlement, keyed(idempotencyKey));
