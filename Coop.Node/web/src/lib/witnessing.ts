// How far others stand beside a state of the log, in words for members.
import type { LogCheckpoint, SignedState } from '../api/log';
import { plural } from './words';

const coops = (count: number): string => plural(count, 'other co-op has', 'other co-ops have');

/** "2 other co-ops have confirmed this state of the record." */
export function confirmedBy({ cosignatures }: Pick<SignedState, 'cosignatures'>, { witnesses }: Pick<LogCheckpoint, 'witnesses'>): string {
  if (witnesses.length === 0) return 'No other co-op confirms the state of this record yet.';
  if (cosignatures.length === 0) return 'No other co-op has confirmed this state of the record so far.';
  return `${coops(cosignatures.length)} confirmed this state of the record.`;
}

/** Whether that is enough. */
export function quorumWords({ newest, witnessed, leastCosignatures, witnesses }: LogCheckpoint): string {
  if (witnesses.length === 0) return 'That takes a peering in which the other co-op confirms the state of our log.';
  if (leastCosignatures === 0) return 'None is asked for.';
  const rule = `at least ${leastCosignatures} of ${witnesses.length} ${leastCosignatures === 1 ? 'is' : 'are'} asked for`;
  if (newest.hasQuorum) return `That is enough: ${rule}.`;
  const before = witnessed ? ` The newest state with enough is that of ${plural(witnessed.size, 'entry', 'entries')}.` : '';
  return `That is not enough yet: ${rule}.${before}`;
}
