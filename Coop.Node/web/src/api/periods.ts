import { get, post } from './http';
import type { Person } from './ledger';

/** The two roles that it takes to open closed days again. */
export type PeriodRole = 'admin' | 'treasurer';

export interface PeriodChange {
  readonly number: number;
  readonly openBefore: string;
  readonly openFrom: string;
  readonly changedAt: string;
  readonly changedBy: Person;
  /** The request, for a reopening. */
  readonly reopeningId: string | null;
  readonly eventId: string;
}

export interface Reopening {
  readonly id: string;
  readonly openFrom: string;
  readonly reason: string;
  readonly requestedAt: string;
  readonly requestedBy: Person;
  readonly requestedAs: PeriodRole;
  readonly isApproved: boolean;
}

export interface Periods {
  /** The first day that an entry may count for, yyyy-MM-dd. */
  readonly openFrom: string;
  readonly changes: readonly PeriodChange[];
  readonly reopenings: readonly Reopening[];
}

export const read = (): Promise<Periods> => get('/api/ledger/periods');

export const close = (openFrom: string): Promise<unknown> => post('/api/ledger/periods/close', { openFrom });

export const askToReopen = (openFrom: string, as: PeriodRole, reason: string): Promise<unknown> =>
  post('/api/ledger/periods/reopenings', { openFrom, as, reason });

export const approve = (id: string, as: PeriodRole): Promise<unknown> =>
  post(`/api/ledger/periods/reopenings/${id}/approve`, { as });
