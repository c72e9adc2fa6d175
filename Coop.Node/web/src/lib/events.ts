// What an event of the log says to a person. The names come from the lists that the reader may see;
// the log itself holds only pseudonyms and ids.
import * as announcements from '../api/announcements';
import * as ledger from '../api/ledger';
import type { LogEvent } from '../api/log';
import * as members from '../api/members';
import * as peers from '../api/peers';
import * as proposals from '../api/proposals';

/** Names by subject, e.g. "proposal:0198…" or "member:…". */
export type Names = ReadonlyMap<string, string>;

/** Every phrase goes on from a name; {} stands for what the event is about. */
const phrases: Readonly<Record<string, string>> = {
  'member.joined': 'joined the co-op',
  'member.roles-changed': 'changed the roles of {}',
  'member.did-linked': 'linked a key to hold cards with',
  'member.did-unlinked': 'removed a key',
  'node.did-updated': 'published its keys',
  'credential.presented': 'showed a card',
  'invitation.issued': 'invited somebody',
  'invitation.revoked': 'took back an invitation',
  'proposal.drafted': 'drafted the proposal {}',
  'proposal.edited': 'edited the draft {}',
  'proposal.opened': 'opened the vote on {}',
  'proposal.withdrawn': 'withdrew the draft {}',
  'proposal.closed': 'closed the vote on {}',
  'vote.cast': 'voted on {}',
  'announcement.published': 'announced {}',
  'announcement.read': 'read the announcement {}',
  'unit.created': 'created the unit {}',
  'account.opened': 'opened the account {}',
  'credential.offered': 'offered a credential to a wallet',
  'credential.issued': 'issued a credential',
  'credential.revoked': 'revoked a credential',
  'credential.suspended': 'suspended a credential',
  'credential.reinstated': 'reinstated a credential',
  'issuer.trusted': 'let the members of another co-op in as guests',
  'issuer.distrusted': 'ended the trust in another co-op',
  'guest.admitted': 'came in as a guest',
  'journal.posted': 'booked {}',
  'journal.reserved': 'prepared an entry to be booked later',
  'journal.reservation-ended': 'booked or gave up an entry that was prepared',
  'account.changed': 'changed the account {}',
  'account.closed': 'closed the account {}',
  'books.closed': 'closed a period of the books',
  'books.reopened': 'opened a period of the books again',
  'reopening.requested': 'asked to open a period of the books again',
  'statement.imported': 'brought a bank statement for {}',
  'statement.line-matched': 'settled a line of the bank on {}',
  'statement.line-unmatched': 'took a line of the bank and its entry on {} apart',
  'statement.rule-kept': 'kept words to know lines of the bank by, for {}',
  'statement.rule-dropped': 'dropped words to know lines of the bank by, for {}',
  'share-class.created': 'created a class of shares',
  'shares.subscribed': 'wrote down that a member takes shares',
  'shares.paid-in': 'wrote down that a member pays for shares',
  'shares.transferred': 'wrote down that shares go to another member',
  'share-request.made': 'asked for shares',
  'share-request.ended': 'answered or took back {}',
  'share-notice.given': 'gave notice on shares',
  'share-notice.ended': 'ended a notice on shares',
  'patronage.recorded': 'recorded business of members',
  'surplus.distributed': 'divided a surplus',
  'trade.sent': 'told another co-op a step of {}',
  'trade.received': 'took a step of {} from another co-op',
  'trade.netting': 'took part in {}',
  'trade.accused': 'noted that another co-op broke its word on a payment',
  'trade.frozen': 'stopped new payments with another co-op',
  'trade.thawed': 'allowed payments with another co-op again',
  'peering.proposed': 'proposed terms to {}',
  'peering.accepted': 'accepted the terms with {}',
  'peering.activated': 'put the terms with {} in force',
  'peering.renegotiated': 'put other terms with {} in force',
  'peering.declined': 'declined terms with {}',
  'peering.suspended': 'suspended what we do with {}',
  'peering.resumed': 'resumed what we do with {}',
  'peering.frozen': 'froze what we do with {}',
  'peering.ended': 'ended what we do with {}',
  'peer.blocked': 'blocked a co-op',
  'peer.unblocked': 'unblocked a co-op',
  'checkpoint.seen': 'wrote down the state of another co-op’s log',
  'equivocation.found': 'found proof that a record was shown in two versions',
  'consent.given': 'let another co-op be told something',
  'consent.withdrawn': 'took back that another co-op may be told something',
  'claim.sent': 'told another co-op something',
  'claim.received': 'took what another co-op confirms',
  'claim.withdrawn': 'ended a claim',
  'dataset.published': 'published a document',
  'dataset.shared': 'shared something with other co-ops',
  'dataset.withdrawn': 'stopped sharing something with other co-ops',
  'peering.contradicted': 'noted that the other side of {} said something else than before',
  'payload.erased': 'erased the content of {}',
  'payload.copy-deleted': 'deleted the copy of what another co-op had shared, its time being over',
  'payload.erasure-confirmed': 'deleted the copy of what another co-op erased',
};

/** What the node writes down about a peering may be the other side's step as well as its own. */
const stepsOfAnybody: Readonly<Record<string, string>> = {
  'peering.proposed': 'Terms with {} were proposed',
  'peering.accepted': 'The terms with {} were accepted',
  'peering.activated': 'The terms with {} are in force',
  'peering.renegotiated': 'Other terms with {} are in force',
  'peering.declined': 'Terms with {} were declined',
  'peering.suspended': 'What we do with {} was suspended',
  'peering.resumed': 'What we do with {} was resumed',
  'peering.frozen': 'What we do with {} was frozen',
  'peering.ended': 'What we do with {} was ended',
};

const nouns: Readonly<Record<string, string>> = {
  proposal: 'a proposal',
  announcement: 'an announcement',
  member: 'a member',
  invitation: 'an invitation',
  journal: 'a journal entry',
  account: 'an account',
  unit: 'a unit',
  event: 'an event',
  peering: 'another co-op',
  transfer: 'a payment',
  netting: 'taking debts in a ring off each other',
  'share-request': 'a request for shares',
};

export async function loadNames(): Promise<Names> {
  const lists = await Promise.allSettled([
    members.list().then(({ items }) => items.map((m): Named => [m.actor, m.name])),
    proposals.listAll().then(({ items }) => items.map((p): Named => [`proposal:${p.id}`, p.title])),
    announcements.list().then(({ items }) => items.map((a): Named => [`announcement:${a.id}`, a.title])),
    ledger.accounts().then(({ items }) => items.map((a): Named => [`account:${a.id}`, a.name])),
    ledger.journals().then(({ items }) => items.map((j): Named => [`journal:${j.id}`, j.memo])),
    peers.list().then((items) => items.map((p): Named => [`peering:${p.id}`, p.peer.name])),
    ledger.units().then(({ items }) => items.map((u): Named => [`unit:${u.code}`, u.name])),
  ]);
  // A list that fails costs its names, not the page.
  return new Map(lists.flatMap((list) => (list.status === 'fulfilled' ? list.value : [])));
}

type Named = readonly [subject: string, name: string];

export function describeEvent(event: Pick<LogEvent, 'type' | 'actor' | 'subject' | 'mine'>, names: Names): string {
  const subject = () => nameSubject(event.subject, names);
  const whole = event.actor === 'node' ? stepsOfAnybody[event.type] : undefined;
  return whole ? whole.replace('{}', subject) : `${nameActor(event, names)} ${phraseOf(event.type).replace('{}', subject)}`;
}

export function nameActor({ actor, mine }: Pick<LogEvent, 'actor' | 'mine'>, names: Names): string {
  if (mine) return 'You';
  return actor === 'node' ? 'The node' : (names.get(actor) ?? 'Somebody');
}

/** An event type that is newer than this client is shown as it is, not hidden. */
const phraseOf = (type: string): string => phrases[type] ?? `did “${type}” to {}`;

function nameSubject(subject: string, names: Names): string {
  const name = names.get(subject);
  const [kind = ''] = subject.split(':');
  return name ? (kind === 'member' || kind === 'peering' ? name : `“${name}”`) : (nouns[kind] ?? subject);
}

/** The page that shows what an event is about, where there is one. */
export function subjectLink(subject: string): string | null {
  const [kind, id] = subject.split(':');
  switch (kind) {
    case 'proposal':
      return `#/proposals/${id}`;
    case 'announcement':
      return `#/announcements/${id}`;
    case 'account':
      return `#/ledger/accounts/${id}`;
    case 'event':
      return `#/log/${id}`;
    case 'peering':
      return `#/peers/${id}`;
    case 'journal':
      return `#/ledger/journals/${id}`;
    default:
      return null;
  }
}
