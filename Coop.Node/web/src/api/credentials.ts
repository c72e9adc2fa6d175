import type { Credential, CredentialOffer, CredentialType } from './exchange';
import { get, post } from './http';

export type { Credential, CredentialOffer, CredentialState, CredentialType } from './exchange';

export const mine = async (): Promise<readonly Credential[]> =>
  (await get<{ items: readonly Credential[] }>('/api/me/credentials')).items;

export const issue = (type: CredentialType, did: string): Promise<unknown> =>
  post('/api/credentials', { type, did });

/** The signed text, in one encoding. */
export const read = (id: string, format: string): Promise<{ format: string; credential: string }> =>
  get(`/api/me/credentials/${id}/${format}`);

export const offer = (type: CredentialType): Promise<CredentialOffer> =>
  post('/api/credential-offers', { type });
