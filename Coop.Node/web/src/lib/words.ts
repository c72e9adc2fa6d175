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
  auditor: 'Auditor',
  guest: 'Guest',
  member: 'Member',
  secretary: 'Secretary',
  treasurer: 'Treasurer',
};

interface Office {
  readonly role: Role;
  /** As in "make Ada …". */
  readonly noun: string;
  readonly given: string;
  readonly taken: string;
}

/** What a member may be besides, and what that means. */
export const offices: readonly Office[] = [
  {
    role: 'admin',
    noun: 'an administrator',
    given: 'Administrators invite people, give these roles, publish news, keep the ledger and deal with other co-ops.',
    taken: 'They stay a member. A co-op always keeps at least one administrator.',
  },
  {
    role: 'secretary',
    noun: 'a secretary',
    given: 'Secretaries invite members, open proposals, publish news and look after membership cards.',
    taken: 'They stay a member, and no longer run the office.',
  },
  {
    role: 'treasurer',
    noun: 'a treasurer',
    given: 'Treasurers keep the books: they open accounts, book entries and close periods.',
    taken: 'They stay a member, and no longer keep the books.',
  },
  {
    role: 'auditor',
    noun: 'an auditor',
    given: 'Auditors see all of the books and the office, and can change nothing there.',
    taken: 'They stay a member, and no longer see all of the books.',
  },
];

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
