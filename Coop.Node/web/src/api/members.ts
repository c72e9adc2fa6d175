import type { Member, Role } from './accounts';
import { get, post, put, query, remove, type Page } from './http';

export interface ListedMember extends Member {
  readonly joinedAt: string;
}

export type InvitationStatus = 'open' | 'used' | 'revoked' | 'expired';

export interface Invitation {
  readonly id: string;
  readonly note?: string | null;
  readonly roles: readonly Role[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly status: InvitationStatus;
}

export interface NewInvitation {
  readonly roles: readonly Role[];
  readonly note?: string;
  readonly expiresInHours: number;
}

export interface IssuedInvitation {
  readonly id: string;
  /** Shown once: the node keeps only a hash of it. */
  readonly link: string;
  readonly expiresAt: string;
}

export const list = (cursor?: string | null): Promise<Page<ListedMember>> =>
  get(`/api/members${query({ limit: 200, cursor })}`);

export const setRoles = (id: string, roles: readonly Role[]): Promise<unknown> =>
  put(`/api/members/${id}/roles`, { roles });

export const invitations = (cursor?: string | null): Promise<Page<Invitation>> =>
  get(`/api/invitations${query({ limit: 200, cursor })}`);

export const invite = (invitation: NewInvitation): Promise<IssuedInvitation> =>
  post('/api/invitations', invitation);

export const revoke = (id: string): Promise<unknown> => remove(`/api/invitations/${id}`);
