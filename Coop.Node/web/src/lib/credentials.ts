import type { CredentialState, CredentialType } from '../api/credentials';
import { formatDate } from './time';

export const credentialTypeNames: Record<CredentialType, string> = {
  membership: 'Membership card',
  role: 'Role in the co-op',
  standing: 'Good standing',
  'share-holding': 'Shares',
  skill: 'Skill',
};

export const credentialStateNames: Record<CredentialState, string> = {
  valid: 'Valid',
  suspended: 'On hold',
  revoked: 'Withdrawn',
  expired: 'Expired',
};

const claimNames: Readonly<Record<string, string>> = {
  coop: 'Co-op',
  memberId: 'Member number',
  memberName: 'Name',
  memberSince: 'Member since',
  role: 'Role',
  since: 'Since',
  inGoodStanding: 'In good standing',
  asOf: 'As of',
  shares: 'Shares',
  shareClass: 'Kind of share',
  skill: 'Skill',
  level: 'Level',
  statement: 'In words',
  endorsedOn: 'Endorsed on',
  tradesIn: 'Deals in',
  tradingSince: 'Trading since',
  reference: 'In words',
  scheme: 'Certified for',
  certifiedBy: 'Certified by',
  certificateNumber: 'Certificate',
  certifiedUntil: 'Until',
};

/** A claim's name for people; one that this client does not know is shown as it is. */
export const claimName = (name: string): string => claimNames[name] ?? name;

const day = /^\d{4}-\d{2}-\d{2}$/;

export function claimText(value: unknown): string {
  if (value === true) return 'Yes';
  if (value === false) return 'No';
  if (typeof value === 'string') return day.test(value) ? formatDate(`${value}T12:00:00Z`) : value;
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
