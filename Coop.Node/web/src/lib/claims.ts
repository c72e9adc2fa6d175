import type { ClaimKind, ReceivedClaim, SentClaim, SkillLevel } from '../api/claims';
import { claimName, claimText } from './credentials';

export const claimKindNames: Record<ClaimKind, string> = {
  membership: 'Membership',
  standing: 'Good standing',
  skill: 'Skill',
  'trade-reference': 'Trade reference',
  certification: 'Certification',
};

export const skillLevels: readonly SkillLevel[] = ['basic', 'proficient', 'expert'];

export const skillLevelNames: Record<SkillLevel, string> = { basic: 'Basic', proficient: 'Proficient', expert: 'Expert' };

/** What a member lets others be told. */
export const memberKinds: readonly ClaimKind[] = ['membership', 'standing', 'skill'];

/** What exactly goes out with each kind, for the member who decides. */
export const consentWords: Partial<Record<ClaimKind, string>> = {
  membership: 'your name, your member number, the DID of your wallet and since when you are a member',
  standing: 'the DID of your wallet, since when you are a member and whether you are in good standing',
  skill: 'the DID of your wallet and what the co-op endorses about your skills',
};

export const sentStateNames: Record<SentClaim['state'], string> = {
  pending: 'On its way',
  received: 'Received',
  refused: 'Not accepted',
  withdrawing: 'Withdrawn, not yet confirmed',
  withdrawn: 'Withdrawn and deleted',
};

export const endedNames: Record<NonNullable<ReceivedClaim['endedReason']>, string> = {
  withdrawn: 'Withdrawn by its sender',
  'retention-over': 'Its time is over',
  'peering-ended': 'The peering ended',
};

/** "Skill: Baking · Level: expert": what a claim says, without the DID that it is about. */
export function claimSummary(claims: Readonly<Record<string, unknown>> | null | undefined): string {
  return Object.entries(claims ?? {})
    .filter(([name]) => name !== 'id' && name !== 'coop')
    .map(([name, value]) => `${claimName(name)}: ${claimText(value)}`)
    .join(' · ');
}
