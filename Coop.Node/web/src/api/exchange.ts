import type { Member } from './accounts';
import { get, post, query, remove, type Page } from './http';

export interface GuestSignIn {
  readonly id: string;
  /** For a wallet, as a link or as a QR code. */
  readonly link: string;
  readonly expiresAt: string;
}

export interface GuestOutcome {
  readonly state: 'waiting' | 'refused' | 'admitted';
  readonly refusal?: string | null;
  readonly member?: Member | null;
}

export const beginGuestSignIn = (): Promise<GuestSignIn> => post('/api/guest-sign-ins');

export const guestOutcome = (id: string): Promise<GuestOutcome> => post(`/api/guest-sign-ins/${id}/outcome`);

export interface TrustedIssuer {
  readonly id: string;
  readonly did: string;
  readonly label: string;
  readonly addedAt: string;
}

export const trustedIssuers = async (): Promise<readonly TrustedIssuer[]> =>
  (await get<{ items: readonly TrustedIssuer[] }>('/api/trusted-issuers')).items;

export const trust = (did: string, label: string): Promise<TrustedIssuer> =>
  post('/api/trusted-issuers', { did, label });

export const distrust = (id: string): Promise<unknown> => remove(`/api/trusted-issuers/${id}`);

export type CredentialType = 'membership' | 'role' | 'standing' | 'share-holding' | 'skill';

export type CredentialState = 'valid' | 'suspended' | 'revoked' | 'expired';

export interface Credential {
  readonly id: string;
  readonly memberId: string;
  readonly type: CredentialType;
  readonly attests: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly subjectDid: string;
  readonly formats: readonly string[];
  readonly state: CredentialState;
  readonly issuedAt: string;
  readonly validUntil: string;
}

export interface NewCredential {
  readonly type: CredentialType;
  readonly memberId?: string;
  readonly role?: string;
  readonly unit?: string;
  readonly skill?: string;
  readonly words?: string;
}

export interface CredentialOffer {
  readonly id: string;
  readonly link: string;
  /** Shown once: the node keeps only a hash of it. */
  readonly txCode: string;
  readonly expiresAt: string;
}

export const credentials = (cursor?: string | null): Promise<Page<Credential>> =>
  get(`/api/credentials${query({ limit: 200, cursor })}`);

export const myCredentials = async (): Promise<readonly Credential[]> =>
  (await get<{ items: readonly Credential[] }>('/api/me/credentials')).items;

export const readCredential = async (id: string, format: string): Promise<string> =>
  (await get<{ credential: string }>(`/api/me/credentials/${id}/${encodeURIComponent(format)}`)).credential;

export const issue = (credential: NewCredential): Promise<{ credential: Credential }> =>
  post('/api/credentials', credential);

export const offer = (credential: NewCredential): Promise<CredentialOffer> =>
  post('/api/credential-offers', credential);

export const revokeCredential = (id: string): Promise<unknown> => remove(`/api/credentials/${id}`);

export const suspend = (id: string): Promise<unknown> => post(`/api/credentials/${id}/suspension`);

export const reinstate = (id: string): Promise<unknown> => remove(`/api/credentials/${id}/suspension`);
