import type { Member } from './accounts';
import { get, post, remove } from './http';

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
