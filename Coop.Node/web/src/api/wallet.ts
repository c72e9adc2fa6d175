import { get, post, remove } from './http';

export type DidKind = 'passkey' | 'device' | 'wallet' | 'ethereum';

/** A DID that stands for the signed-in member. */
export interface LinkedDid {
  readonly id: string;
  readonly did: string;
  readonly kind: DidKind;
  readonly name?: string | null;
  readonly linkedAt: string;
}

export interface DidChallenge {
  readonly challenge: string;
  readonly nonce: string;
  readonly audience: string;
  readonly subject: string;
  /** For a did:pkh: what the wallet has to sign. */
  readonly message?: string | null;
}

export interface NewDid {
  readonly challenge: string;
  readonly proof: string;
  readonly kind: DidKind;
  readonly name?: string;
  readonly replaces?: string;
}

export const dids = async (): Promise<readonly LinkedDid[]> =>
  (await get<{ items: readonly LinkedDid[] }>('/api/me/dids')).items;

export const challenge = (did: string): Promise<DidChallenge> => post('/api/me/dids/challenges', { did });

export const link = (did: NewDid): Promise<{ did: LinkedDid }> => post('/api/me/dids', did);

export const unlink = (id: string): Promise<unknown> => remove(`/api/me/dids/${id}`);
