import { get, post } from './http';

export type Role = 'admin' | 'auditor' | 'guest' | 'member' | 'secretary' | 'treasurer';

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** The pseudonym under which the log shows this member. */
  readonly actor: string;
}

export interface InvitationPreview {
  readonly coopName: string;
  readonly roles: readonly Role[];
  readonly firstAdministrator: boolean;
  readonly expiresAt: string;
}

export interface Ceremony<T> {
  readonly ceremony: string;
  readonly options: T;
}

export const previewInvitation = (token: string): Promise<InvitationPreview> =>
  post('/api/invitations/preview', { token });

export const registrationOptions = (
  invitation: string,
  name: string,
): Promise<Ceremony<PublicKeyCredentialCreationOptionsJSON>> =>
  post('/api/passkeys/registration/options', { invitation, name });

export const register = (ceremony: string, credential: object): Promise<{ member: Member }> =>
  post('/api/passkeys/registration', { ceremony, credential });

export const assertionOptions = (): Promise<Ceremony<PublicKeyCredentialRequestOptionsJSON>> =>
  post('/api/passkeys/assertion/options');

export const assert = (ceremony: string, credential: object): Promise<{ member: Member }> =>
  post('/api/passkeys/assertion', { ceremony, credential });

export const me = (): Promise<Member> => get('/api/me');

export const signOut = (): Promise<null> => post('/api/sign-out');
