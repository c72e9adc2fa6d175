import { get, post, query, type Page } from './http';
import type { Person } from './ledger';

export interface PatronageRecord {
  /** Its name within the period, e.g. a receipt's number: the same one sent again changes nothing. */
  readonly key: string;
  readonly kind: string;
  readonly unit: string;
  readonly amountMinor: bigint;
  /** Left out for somebody who is no member. */
  readonly memberId?: string;
}

export interface PatronageTotal {
  readonly unit: string;
  readonly kind: string;
  readonly memberMinor: bigint;
  readonly nonMemberMinor: bigint;
  readonly members: number;
}

export interface Period {
  readonly period: string;
  readonly totals: readonly PatronageTotal[];
  readonly distributedUnits: readonly string[];
}

export interface Statement {
  readonly patronage: readonly { period: string; unit: string; kind: string; amountMinor: bigint }[];
  readonly refunds: readonly Refund[];
}

export interface Refund {
  readonly period: string;
  readonly unit: string;
  readonly patronageMinor: bigint;
  readonly interestMinor: bigint;
  readonly refundMinor: bigint;
  readonly accountId: string;
  readonly journalId: string;
  readonly distributedAt: string;
}

export interface SurplusPlan {
  readonly period: string;
  readonly unit: string;
  /** The days for which capital gets interest. */
  readonly from: string;
  readonly to: string;
  readonly surplusMinor: bigint;
  /** Hundredths of a percent. */
  readonly reserveBasisPoints: number;
  readonly interestBasisPoints: number;
}

export interface Preview {
  readonly planHash: string;
  readonly nonMemberMinor: bigint;
  readonly reserveMinor: bigint;
  readonly interestMinor: bigint;
  readonly refundMinor: bigint;
  readonly isDistributed: boolean;
  readonly lines: readonly PreviewLine[];
}

export interface PreviewLine {
  readonly member: Person;
  readonly patronageMinor: bigint;
  readonly interestMinor: bigint;
  readonly refundMinor: bigint;
  /** Null where the member has no account to be paid into yet. */
  readonly accountId: string | null;
}

export interface NewDistribution {
  readonly plan: SurplusPlan;
  readonly planHash: string;
  readonly fromAccountId: string;
  readonly reservesAccountId?: string;
  readonly effectiveDate: string;
  readonly memo: string;
}

export interface Distribution extends SurplusPlan {
  readonly id: string;
  readonly nonMemberMinor: bigint;
  readonly reserveMinor: bigint;
  readonly interestMinor: bigint;
  readonly refundMinor: bigint;
  readonly distributedAt: string;
  readonly eventId: string;
}

/** At most 200 at once. */
export const record = (
  period: string,
  records: readonly PatronageRecord[],
): Promise<{ recorded: number; repeated: number }> => post('/api/patronage/records', { period, records });

export const period = (name: string): Promise<Period> => get(`/api/patronage/periods/${encodeURIComponent(name)}`);

export const mine = (): Promise<Statement> => get('/api/patronage/mine');

export const ofMember = (id: string): Promise<Statement> => get(`/api/patronage/members/${id}`);

export const preview = (plan: SurplusPlan): Promise<Preview> => post('/api/surplus/preview', plan);

export const distribute = (distribution: NewDistribution, idempotencyKey: string): Promise<{ journals: string[] }> =>
  post('/api/surplus/distributions', distribution, { 'X-Idempotency-Key': idempotencyKey });

export const distributions = (cursor: string | null): Promise<Page<Distribution>> =>
  get(`/api/surplus/distributions${query({ cursor })}`);
