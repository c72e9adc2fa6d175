import type { FoundEvidence } from '../api/evidence';
import type { Peering } from '../api/peers';

/** A proof of two histories on which people have not decided yet. */
export interface Alarm {
  readonly evidence: FoundEvidence;
  /** Whose log it is about; null for our own. */
  readonly peering: Peering | null;
}

/**
 * What all members are to be warned of: a proof against our own log, for good; one against a peer's, as long as
 * our side keeps the peering frozen. One for each log, the newest.
 */
export function openAlarms(
  evidence: readonly FoundEvidence[],
  peerings: readonly Peering[],
  ownOrigin: string,
): readonly Alarm[] {
  const origins = [...new Set(evidence.map(({ origin }) => origin))];
  return origins.flatMap((origin): Alarm[] => {
    const newest = evidence.find((item) => item.origin === origin)!;
    if (origin === ownOrigin) return [{ evidence: newest, peering: null }];
    const frozen = peerings.find(({ peer, ourHold, state }) => peer.logOrigin === origin && ourHold === 'frozen' && state !== 'ended');
    return frozen ? [{ evidence: newest, peering: frozen }] : [];
  });
}

/** The peering with the co-op of a log; one that has not ended before one that has. */
export function peeringOfLog(origin: string, peerings: readonly Peering[]): Peering | null {
  const all = peerings.filter(({ peer }) => peer.logOrigin === origin);
  return all.find(({ state }) => state !== 'ended') ?? all[0] ?? null;
}
