import { get, post, query, remove, type Page } from './http';

export type ClaimKind = 'membership' | 'standing' | 'skill' | 'trade-reference' | 'certification';

export type SkillLevel = 'basic' | 'proficient' | 'expert';

export type SentClaimState = 'pending' | 'received' | 'refused' | 'withdrawing' | 'withdrawn';

/** A co-op that this one federates with. */
export interface Peer {
  readonly did: string;
  readonly name: string;
}

export interface Consent {
  readonly id: string;
  readonly peer: Peer;
  readonly kind: ClaimKind;
  readonly givenAt: string;
  readonly eventId: string;
  readonly withdrawnAt?: string | null;
}

export interface SentClaim {
  readonly id: string;
  readonly peer: Peer;
  readonly kind: ClaimKind;
  readonly memberId?: string | null;
  /** Gone once the claim is withdrawn. */
  readonly claims?: Readonly<Record<string, unknown>> | null;
  readonly purpose: string;
  readonly retainUntil: string;
  readonly showToMembers: boolean;
  readonly state: SentClaimState;
  readonly problem?: string | null;
  readonly sentAt: string;
  readonly withdrawnAt?: string | null;
  readonly receipt?: unknown;
  readonly withdrawalReceipt?: unknown;
  readonly eventId: string;
}

export interface ReceivedClaim {
  readonly id: string;
  readonly claimId: string;
  readonly peer: Peer;
  readonly kind: ClaimKind;
  readonly claims?: Readonly<Record<string, unknown>> | null;
  readonly purpose: string;
  readonly retainUntil: string;
  readonly showToMembers: boolean;
  readonly receivedAt: string;
  readonly endedAt?: string | null;
  readonly endedReason?: 'withdrawn' | 'retention-over' | 'peering-ended' | null;
  readonly eventId: string;
}

export interface ClaimCheck {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'unsupported' | 'unknown' | 'not-checked';
  readonly code: string;
  readonly detail: string;
}

export interface MyClaims {
  readonly peers: readonly Peer[];
  readonly consents: readonly Consent[];
  readonly claims: readonly SentClaim[];
}

export interface NewClaim {
  readonly peer: string;
  readonly kind: ClaimKind;
  readonly purpose: string;
  readonly retainUntil: string;
  readonly showToMembers: boolean;
  readonly memberId?: string;
  readonly skill?: string;
  readonly level?: SkillLevel;
  readonly words?: string;
  readonly tradesIn?: string;
  /** yyyy-MM-dd. */
  readonly tradingSince?: string;
  readonly reference?: string;
  readonly scheme?: string;
  readonly certifiedBy?: string;
  readonly certificateNumber?: string;
  /** yyyy-MM-dd. */
  readonly certifiedUntil?: string;
}

export interface MemberConsent {
  readonly memberId: string;
  readonly memberName: string;
  readonly consent: Consent;
}

/** What others may be told about the signed-in member, and what they were told. */
export const mine = (): Promise<MyClaims> => get('/api/me/consents');

export const consent = (peer: string, kind: ClaimKind): Promise<Consent> => post('/api/me/consents', { peer, kind });

export const withdrawConsent = (id: string): Promise<unknown> => remove(`/api/me/consents/${id}`);

export const consents = (cursor?: string | null): Promise<Page<MemberConsent>> =>
  get(`/api/consents${query({ limit: 200, cursor })}`);

export const send = (claim: NewClaim): Promise<SentClaim> => post('/api/claims', claim);

export const sent = (cursor?: string | null): Promise<Page<SentClaim>> => get(`/api/claims${query({ cursor })}`);

export const withdraw = (id: string): Promise<unknown> => remove(`/api/claims/${id}`);

export const received = (cursor?: string | null): Promise<Page<ReceivedClaim>> =>
  get(`/api/received-claims${query({ cursor })}`);

export const check = (id: string): Promise<{ verdict?: string | null; checks: readonly ClaimCheck[] }> =>
  get(`/api/received-claims/${id}`);
