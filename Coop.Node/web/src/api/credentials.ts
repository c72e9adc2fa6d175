import { get, post, query, remove, type Page } from './http';

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
  /** The DID that it is issued to; the member's own, where there is just one. */
  readonly did?: string;
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

/** Every credential of the co-op, newest first. */
export const all = (cursor?: string | null): Promise<Page<Credential>> =>
  get(`/api/credentials${query({ limit: 200, cursor })}`);

/** Those of the signed-in member. */
export const mine = async (): Promise<readonly Credential[]> =>
  (await get<{ items: readonly Credential[] }>('/api/me/credentials')).items;

/** The signed text, in one encoding. */
export const read = (id: string, format: string): Promise<{ format: string; credential: string }> =>
  get(`/api/me/credentials/${id}/${encodeURIComponent(format)}`);

export const issue = (credential: NewCredential): Promise<{ credential: Credential }> =>
  post('/api/credentials', credential);

export const offer = (credential: NewCredential): Promise<CredentialOffer> =>
  post('/api/credential-offers', credential);

export const revoke = (id: string): Promise<unknown> => remove(`/api/credentials/${id}`);

export const suspend = (id: string): Promise<unknown> => post(`/api/credentials/${id}/suspension`);

export const reinstate = (id: string): Promise<unknown> => remove(`/api/credentials/${id}/suspension`);
