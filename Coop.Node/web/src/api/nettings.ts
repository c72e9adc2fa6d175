import { get, post } from './http';
import type { Transfer } from './trade';

/** A ring of debts: each co-op is owed by the next, the last by the first. */
export interface Ring {
  /** DIDs. */
  readonly ring: readonly string[];
  readonly unit: string;
  /** By how much each debt shrinks. */
  readonly amountMinor: bigint;
}

export type NettingState = 'waiting' | 'approved' | 'refused' | 'committed' | 'aborted';

export interface Netting extends Ring {
  readonly id: string;
  readonly proposer: string;
  readonly isOurs: boolean;
  readonly validUntil: string;
  readonly state: NettingState;
  readonly createdAt: string;
}

export interface FoundRings {
  readonly rings: readonly Ring[];
  /** The names of co-ops that did not answer. */
  readonly unheard: readonly string[];
}

export type Word = 'paid' | 'unpaid';

/** A transfer that is not over, with what people of both sides have signed about it. */
export interface Doubtful extends Transfer {
  readonly ourWord: Word | null;
  readonly theirWord: Word | null;
}

export const list = (): Promise<readonly Netting[]> => get('/api/trade/nettings');

export const find = (): Promise<FoundRings> => get('/api/trade/netting-proposals');

export const propose = ({ ring, unit, amountMinor }: Ring, idempotencyKey: string): Promise<Netting> =>
  post('/api/trade/nettings', { ring, unit, amountMinor }, { 'X-Idempotency-Key': idempotencyKey });

export const answer = (id: string, approve: boolean): Promise<Netting> =>
  post(`/api/trade/nettings/${id}/approval`, { approve });

export const inDoubt = (): Promise<readonly Doubtful[]> => get('/api/trade/in-doubt');

export const say = (id: string, outcome: Word): Promise<Doubtful> =>
  post(`/api/trade/transfers/${id}/resolution`, { outcome });
