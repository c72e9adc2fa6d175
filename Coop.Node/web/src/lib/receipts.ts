import * as log from '../api/log';
import type { LogEventDetail } from '../api/log';
import { canonical } from '../verify/entry';
import { pinKey } from '../verify/pin';
import { verifyReceipt, type Verdict } from '../verify/receipt';

export interface CheckedReceipt {
  readonly verdict: Verdict;
  /** The tlog-proof that was checked, to be kept. */
  readonly receipt: string;
  /** The key that the node shows now. */
  readonly shownKey: string;
}

/** Fetches an event's receipt and the log's key, and checks them here, in the browser. */
export async function checkReceipt(event: LogEventDetail): Promise<CheckedReceipt> {
  const [receipt, node, policy] = await Promise.all([log.receipt(event.id), log.describeNode(), log.policy()]);
  const key = pinKey(localStorage, location.origin, node.log.vkey);
  const payload = payloadText(event);
  const verdict = await verifyReceipt({
    eventId: event.id,
    entry: event.entry ?? '',
    receipt,
    key,
    policy,
    ...(payload !== null && event.salt && { payload: { text: payload, salt: event.salt } }),
  });
  return { verdict, receipt, shownKey: node.log.vkey };
}

/** The canonical payload: as served when it is served as text. */
export function payloadText({ payload }: LogEventDetail): string | null {
  if (payload === null || payload === undefined) return null;
  return typeof payload === 'string' ? payload : canonical(payload);
}
