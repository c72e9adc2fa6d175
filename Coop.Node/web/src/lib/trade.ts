import type { Transfer, TransferState } from '../api/trade';

/**
 * Where a member of another co-op sends money to: the co-op's DID and the account's id, as a DID URL with a
 * path (DID Core, section 3.2), so that one line can be copied from page to page.
 */
export interface PaymentAddress {
  readonly did: string;
  readonly accountId: string;
}

const form = /^\s*(did:[a-z0-9]+:[\w.:%-]+)\/accounts\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\s*$/;

export const writeAddress = ({ did, accountId }: PaymentAddress): string => `${did}/accounts/${accountId}`;

export function readAddress(text: string): PaymentAddress | null {
  const [, did, accountId] = form.exec(text) ?? [];
  return did && accountId ? { did, accountId } : null;
}

const stateWords: Record<TransferState, string> = {
  prepared: 'On its way',
  accepted: 'On its way',
  rejected: 'Not accepted',
  committed: 'Paid',
  closed: 'Paid',
  offered: 'Announced',
  promised: 'Waits for their co-op',
  refused: 'Not accepted',
  due: 'Arrives',
  credited: 'Arrived',
  aborted: 'Taken back',
};

export const wordsOf = ({ state }: Pick<Transfer, 'state'>): string => stateWords[state];

export const toneOf = ({ state }: Pick<Transfer, 'state'>): 'good' | 'bad' | 'warm' =>
  ['committed', 'closed', 'credited'].includes(state)
    ? 'good'
    : ['rejected', 'refused', 'aborted'].includes(state)
      ? 'bad'
      : 'warm';

/** The payer may change their mind until their own co-op has decided. */
export const canTakeBack = ({ role, state, kind }: Pick<Transfer, 'role' | 'state' | 'kind'>): boolean =>
  role === 'payer' && kind === 'payment' && (state === 'prepared' || state === 'accepted');
