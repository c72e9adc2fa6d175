import type { Role } from '../api/accounts';
import type { AccountType, UnitKind } from '../api/ledger';
import type { InvitationStatus } from '../api/members';
import type { Choice } from '../api/proposals';
import type { DidKind } from '../api/wallet';

export const choices: readonly Choice[] = ['yes', 'no', 'abstain'];

export const choiceNames: Record<Choice, string> = { yes: 'Yes', no: 'No', abstain: 'Abstain' };

export const roleNames: Record<Role, string> = { admin: 'Administrator', member: 'Member' };

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
