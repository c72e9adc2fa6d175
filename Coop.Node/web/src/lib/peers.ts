// What a peering says to people: its state, its terms and its steps, in plain words.
import type { DnsWord, Grant, HistoryChoice, Peering, PeeringState, Scope, Side, Step, StepTaken, TradeLimit } from '../api/peers';
import type { Unit } from '../api/ledger';
import { formatAmount, formatNumber } from './amount';
import { plural } from './words';

export const scopes: readonly Scope[] = ['replicate', 'witness', 'claims', 'visiting-members', 'trade'];

interface ScopeWords {
  readonly title: string;
  readonly meaning: string;
}

/** What a scope lets the other co-op do here ("us"), and us there ("them"). Each title goes on from "may". */
const scopeWords: Record<Scope, Record<Side, ScopeWords>> = {
  replicate: {
    us: { title: 'keep a checked copy of our log', meaning: 'So that nobody can rewrite our record unnoticed. Entries hold no names.' },
    them: { title: 'keep a checked copy of their log', meaning: 'So that we notice if their record is rewritten.' },
  },
  witness: {
    us: { title: 'have us confirm the state of their log', meaning: 'Our node checks that it only grows, and signs that.' },
    them: { title: 'have them confirm the state of our log', meaning: 'Their node checks that it only grows, and signs that.' },
  },
  claims: {
    us: { title: 'send us claims, and read what we share', meaning: 'Signed statements about members who agreed, and our part of the commons.' },
    them: { title: 'send them claims, and read what they share', meaning: 'Signed statements about members who agreed, and their part of the commons.' },
  },
  'visiting-members': {
    us: { title: 'send their members here as guests', meaning: 'They come in with their membership card.' },
    them: { title: 'send our members there as guests', meaning: 'Our members go in with their membership card.' },
  },
  trade: {
    us: { title: 'trade with us', meaning: 'And owe us no more than the limits say.' },
    them: { title: 'trade with them', meaning: 'And owe them no more than the limits say.' },
  },
};

/** @param granter Whose grant it is. */
export const describeScope = (scope: Scope, granter: Side): ScopeWords => scopeWords[scope][granter];

export interface Looks {
  readonly text: string;
  readonly tone: '' | 'good' | 'warm' | 'bad';
}

const stateLooks: Record<PeeringState, Looks> = {
  proposed: { text: 'Waiting for them', tone: 'warm' },
  accepted: { text: 'Being set up', tone: 'warm' },
  active: { text: 'Active', tone: 'good' },
  suspended: { text: 'Suspended', tone: 'warm' },
  frozen: { text: 'Frozen', tone: 'bad' },
  ended: { text: 'Ended', tone: '' },
};

export const describeState = ({ state, awaitsUs }: Pick<Peering, 'state' | 'awaitsUs'>): Looks =>
  state === 'proposed' && awaitsUs ? { text: 'Waiting for us', tone: 'warm' } : stateLooks[state];

/** Where a peering stands, in a sentence or two. */
export function explainState(peering: Pick<Peering, 'state' | 'awaitsUs' | 'ourHold' | 'theirHold' | 'peer'>): string {
  const { name } = peering.peer;
  switch (peering.state) {
    case 'proposed':
      return peering.awaitsUs
        ? `${name} proposes to work with us. Nothing begins before an administrator accepts.`
        : `We have proposed this to ${name}. Nothing begins before they accept.`;
    case 'accepted':
      return `Both have agreed; it begins as soon as ${name}’s node has answered.`;
    case 'active':
      return `We and ${name} do for each other what the terms say.`;
    case 'suspended':
      return `${whoHolds(peering, 'suspended', name)} suspended it. Nothing flows until ${holdsOf(peering, 'suspended') === 'both' ? 'both resume' : 'it is resumed'}.`;
    case 'frozen':
      return `${whoHolds(peering, 'frozen', name)} froze it because of a proof that a log signed two histories. Nothing flows until people decide.`;
    case 'ended':
      return 'It is over. The history stays; to begin again, either side proposes anew.';
  }
}

type Held = Pick<Peering, 'ourHold' | 'theirHold'>;

function holdsOf({ ourHold, theirHold }: Held, hold: 'suspended' | 'frozen'): 'us' | 'them' | 'both' {
  return ourHold === hold ? (theirHold === hold ? 'both' : 'us') : 'them';
}

function whoHolds(held: Held, hold: 'suspended' | 'frozen', name: string): string {
  const who = holdsOf(held, hold);
  if (who === 'both') return `Both we and ${name}`;
  return who === 'us' ? (hold === 'frozen' ? 'Our node' : 'We') : name;
}

export const dnsLooks: Record<DnsWord, Looks & { readonly meaning: string }> = {
  confirmed: { text: 'Confirmed', tone: 'good', meaning: 'The internet domain names this DID, and DNSSEC vouches for the answer.' },
  named: { text: 'Named', tone: 'good', meaning: 'The internet domain names this DID.' },
  absent: { text: 'Says nothing', tone: '', meaning: 'The internet domain says nothing about DIDs. That is no fault.' },
  contradicted: { text: 'Contradicts', tone: 'bad', meaning: 'The internet domain names another DID. Ask the co-op before you go on.' },
};

export const dnsUnknown: Looks & { readonly meaning: string } = {
  text: 'Not known', tone: '', meaning: 'The internet domain could not be asked, or is only a name on this machine.',
};

const daysPerYear = 365;

/** The limits of a grant, a phrase each. */
export function describeLimits(grant: Grant, granter: Side, units: readonly Unit[]): readonly string[] {
  const [us, them] = granter === 'us' ? ['we', 'they'] : ['they', 'we'];
  return [
    `${capital(us)} answer up to ${plural(grant.requestsPerMinute, 'request', 'requests')} a minute`,
    grant.retentionDays === 0
      ? `Copies of contents are deleted at the end`
      : `After the end ${them} may keep copies of contents for ${describeDays(grant.retentionDays)}`,
    ...(grant.witnessWithinSeconds > 0 ? [`${capital(us)} confirm within ${describeSeconds(grant.witnessWithinSeconds)}`] : []),
    ...grant.trade.map((limit) => `${capital(them)} may owe up to ${describeCredit(limit, units)}`),
  ];
}

function describeDays(days: number): string {
  const isYears = days >= daysPerYear && days % daysPerYear === 0;
  return isYears ? plural(days / daysPerYear, 'year', 'years') : plural(days, 'day', 'days');
}

const describeSeconds = (seconds: number): string =>
  seconds % 60 === 0 ? plural(seconds / 60, 'minute', 'minutes') : plural(seconds, 'second', 'seconds');

/** A unit that this co-op does not have is shown as it stands in the terms, in its smallest parts. */
function describeCredit({ unit, maxCreditMinor }: TradeLimit, units: readonly Unit[]): string {
  const known = units.find(({ code }) => code === unit);
  return known ? formatAmount(maxCreditMinor, known) : `${formatNumber(maxCreditMinor, 0)} of the smallest parts of ${unit}`;
}

/** All that a grant says, a phrase each: what tells one grant from another. */
export const describeGrant = (grant: Grant, granter: Side, units: readonly Unit[]): readonly string[] => [
  ...grant.scopes.map((scope) => `${granter === 'us' ? 'They' : 'We'} may ${describeScope(scope, granter).title}`),
  ...describeLimits(grant, granter, units),
];

export interface Change {
  readonly gone: readonly string[];
  readonly added: readonly string[];
}

/** What other terms would change. */
export function changesBetween(before: Grant, after: Grant, granter: Side, units: readonly Unit[]): Change {
  const [was, is] = [describeGrant(before, granter, units), describeGrant(after, granter, units)];
  return { gone: was.filter((line) => !is.includes(line)), added: is.filter((line) => !was.includes(line)) };
}

const stepWords: Record<StepTaken, string> = {
  proposed: 'proposed terms',
  accepted: 'accepted the terms',
  activated: 'confirmed that the terms are in force',
  declined: 'said no to the terms',
  suspended: 'suspended it',
  resumed: 'resumed it',
  frozen: 'froze it because of a proof',
  ended: 'ended it',
};

export const describeStep = ({ side, stepTaken }: Pick<Step, 'side' | 'stepTaken'>, peerName: string): string =>
  `${side === 'us' ? 'We' : peerName} ${stepWords[stepTaken]}`;

/** What a co-op decides after proof that a log signed two histories. */
export const historyChoices: Record<HistoryChoice, ScopeWords & { readonly decided: string }> = {
  kept: {
    title: 'The one that we have a copy of',
    meaning: 'We refuse the other version, however it grows. Choose this if they go back to the one that we know.',
    decided: 'Our co-op keeps to the version that it has a copy of.',
  },
  served: {
    title: 'The one that they show now',
    meaning: 'We begin a new copy. The old one is kept aside, and what it proves stays provable.',
    decided: 'Our co-op follows the version that was shown when it decided; the old copy is kept aside.',
  },
};

const deliveryWords: Readonly<Record<string, string>> = {
  'peer-blocked': 'Their co-op takes no proposals from ours: it has blocked us.',
  'peering-exists': 'At theirs there is an agreement with us already. Talk to them; one of the two has to end.',
  'step-out-of-order': 'Their node lacks steps that ours knows as delivered, as after a restore from a backup. Both co-ops end this agreement, and begin another.',
  'too-many-requests': 'Their node has many requests just now.',
};

/** Why a step has not reached the other side yet, which the node notes as it heard it; it keeps trying. */
export function describeDelivery(trouble: string): string {
  const [, code = ''] = /urn:coop:problem:([a-z-]+)/.exec(trouble) ?? [];
  return deliveryWords[code] ?? 'Their node could not be reached, or did not take it. Ours tries again by itself.';
}

/** "04711 33102 …" as its groups, to be read out one by one. */
export const fingerprintGroups = (fingerprint: string): readonly string[] => fingerprint.split(' ');

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
