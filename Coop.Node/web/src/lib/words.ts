import type { Role } from '../api/accounts';
import type { CredentialState, CredentialType } from '../api/credentials';
import type { AccountType, UnitKind } from '../api/ledger';
import type { InvitationStatus } from '../api/members';
import type { Choice } from '../api/proposals';
import type { DidKind } from '../api/wallet';

export const choices: readonly Choice[] = ['yes', 'no', 'abstain'];

export const choiceNames: Record<Choice, string> = { yes: 'Yes', no: 'No', abstain: 'Abstain' };

export const roleNames: Record<Role, string> = {
  admin: 'Administrator',
  guest: 'Guest',
  member: 'Member',
  treasurer: 'Treasurer',
};

export const unitKindNames: Record<UnitKind, string> = {
  money: 'Money',
  hours: 'Hours',
  shares: 'Shares',
  other: 'Something else',
};

export const accountTypeNames: Record<AccountType, string> = {
  asset: 'What the co-op has (asset)',
  liability: 'What the co-op owes (liability)',
  equity: 'What belongs to the members together (equity)',
  income: 'What comes in (income)',
  expense: 'What is spent (expense)',
};

/** The bookkeeper's words for them, as headings of reports. */
export const accountTypeWords: Record<AccountType, string> = {
  asset: 'Assets',
  liability: 'Liabilities',
  equity: 'Equity',
  income: 'Income',
  expense: 'Expenses',
};

export const invitationStatusNames: Record<InvitationStatus, string> = {
  open: 'Open',
  used: 'Used',
  revoked: 'Taken back',
  expired: 'Expired',
};

export const didKindNames: Record<DidKind, string> = {
  passkey: 'Your passkey',
  device: 'One browser',
  wallet: 'Another wallet app',
  ethereum: 'Ethereum wallet',
};

export const plural = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

export const credentialTypeNames: Record<CredentialType, string> = {
  membership: 'Membership',
  role: 'Role',
  standing: 'Good standing',
  'share-holding': 'Shares',
  skill: 'Skill',
};

export const credentialStateNames: Record<CredentialState, string> = {
  valid: 'Valid',
  suspended: 'Suspended',
  revoked: 'Revoked',
  expired: 'Expired',
};

const presentationRefusals: Readonly<Record<string, string>> = {
  declined: 'You declined in your wallet.',
  'issuer-untrusted': 'Your co-op is not among those whose members come in here as guests.',
  'status-revoked': 'Your co-op has revoked this card.',
  'status-suspended': 'Your co-op has suspended this card.',
  'status-unreachable': 'Your co-op could not be asked whether this card still counts. Try again later.',
  expired: 'The time of this card is over.',
};

export const presentationRefusal = (code: string | null | undefined): string =>
  presentationRefusals[code ?? ''] ?? `What your wallet showed was not accepted (${code ?? 'no reason given'}).`;
