import type { Doubtful, Netting, NettingState, Ring, Word } from '../api/nettings';

/** Names for DIDs: "we" for our own, what a peer calls itself, and of a stranger the host alone. */
export class Names {
  constructor(
    private readonly own: string,
    private readonly peers: readonly { readonly did: string; readonly name: string }[],
  ) {}

  of(did: string): string {
    return this.peers.find((peer) => peer.did === did)?.name ?? hostOf(did);
  }

  isOwn(did: string): boolean {
    return did === this.own;
  }
}

/** The host of did:web and did:webvh, which ends their addresses; ports are written %3A. */
const hostOf = (did: string): string => decodeURIComponent(did.split(':').at(-1) ?? did);

/** Who owes whom around a ring, beginning with what we are owed. */
export function debtsOf(ring: readonly string[], names: Names): readonly string[] {
  const start = Math.max(0, ring.findIndex((did) => names.isOwn(did)));
  const turned = [...ring.slice(start), ...ring.slice(0, start)];
  return turned.map((creditor, at) => {
    const debtor = turned[(at + 1) % turned.length] ?? creditor;
    if (names.isOwn(creditor)) return `${names.of(debtor)} owes us`;
    return names.isOwn(debtor) ? `we owe ${names.of(creditor)}` : `${names.of(debtor)} owes ${names.of(creditor)}`;
  });
}

const stateWords: Record<NettingState, string> = {
  waiting: 'Waits for our answer',
  approved: 'Waits for the others',
  refused: 'Refused',
  committed: 'Done',
  aborted: 'Called off',
};

export const wordsOf = ({ state }: Pick<Netting, 'state'>): string => stateWords[state];

export const toneOf = ({ state }: Pick<Netting, 'state'>): 'good' | 'bad' | 'warm' =>
  state === 'committed' ? 'good' : state === 'refused' || state === 'aborted' ? 'bad' : 'warm';

/** What this side may sign of a transfer in doubt (specs/trade.md, Resolution): before a promise nothing was paid. */
export function wordsLeft({ state, ourWord }: Pick<Doubtful, 'state' | 'ourWord'>): readonly Word[] {
  const all: readonly Word[] = ['accepted', 'promised'].includes(state)
    ? ['paid', 'unpaid']
    : ['prepared', 'offered'].includes(state)
      ? ['unpaid']
      : [];
  return all.filter((word) => word !== ourWord);
}

/** What is not proposed already: the same co-ops, from wherever the ring is read, in the same unit. */
export function notYetProposed(possible: readonly Ring[], proposed: readonly Netting[]): readonly Ring[] {
  const keyOf = ({ ring, unit }: Ring): string => [...ring].sort().concat(unit).join(' ');
  const undecided = new Set(proposed.filter(({ state }) => state === 'waiting' || state === 'approved').map(keyOf));
  return possible.filter((ring) => !undecided.has(keyOf(ring)));
}
