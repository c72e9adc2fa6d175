// Checks a receipt as a sceptical member would: nothing that the node says is believed but what its
// signature, under the key that this browser remembers, commits to.
import { equal, toBase64, utf8 } from './bytes';
import { parseEntry, type Entry } from './entry';
import { leafHash, rootFromPath } from './merkle';
import { isSignedBy, parseVerifierKey } from './note';
import { payloadHash } from './payload';
import type { PinnedKey } from './pin';
import { parsePolicy, weigh } from './policy';
import { parseProof, type TlogProof } from './proof';

export type CheckId = 'key' | 'receipt' | 'entry' | 'inclusion' | 'signature' | 'payload' | 'witnesses';

/** What was checked, whether it holds, and in plain words what that means. */
export interface Check {
  readonly id: CheckId;
  readonly state: 'holds' | 'fails' | 'skipped' | 'waits';
  readonly title: string;
  readonly meaning: string;
}

export interface Evidence {
  readonly eventId: string;
  /** The exact entry. */
  readonly entry: string;
  /** The tlog-proof. */
  readonly receipt: string;
  readonly key: PinnedKey;
  /** The canonical payload and its salt, where the member may see them. */
  readonly payload?: { readonly text: string; readonly salt: string };
  /** Whose cosignatures the log asks for (tlog-policy), where that is known. */
  readonly policy?: string;
}

export interface Verdict {
  readonly genuine: boolean;
  readonly checks: readonly Check[];
  /** Number of entries under the checkpoint's signature; null when the receipt does not read. */
  readonly treeSize: number | null;
}

export async function verifyReceipt(evidence: Evidence): Promise<Verdict> {
  const proof = parseProof(evidence.receipt);
  const entry = parseEntry(evidence.entry);
  const checks = [
    checkKey(evidence.key),
    checkReads(proof),
    checkEntry(entry, proof, evidence.eventId),
    await checkInclusion(evidence.entry, proof),
    await checkSignature(proof, evidence.key.vkey),
    await checkPayload(entry, evidence.payload),
    await checkWitnesses(proof, evidence.policy),
  ];
  return {
    genuine: checks.every((check) => check.state !== 'fails'),
    checks,
    treeSize: proof?.checkpoint.size ?? null,
  };
}

function checkKey(key: PinnedKey): Check {
  return check('key', key.state !== 'changed', 'The log’s key is the one this browser remembers', {
    holds:
      key.state === 'first'
        ? 'This is the first time that this browser sees the key; it will remember it from now on.'
        : 'It is the same key as on your earlier visits.',
    fails:
      'The node shows another key than before. Ask your co-op whether it changed its key on ' +
      'purpose; if nobody did, somebody may be showing you another log.',
  });
}

function checkReads(proof: TlogProof | null): Check {
  return check('receipt', proof !== null, 'The receipt is complete', {
    holds: 'It has a position, a path through the log’s tree, and a signed checkpoint.',
    fails: 'The file does not read as a receipt; parts are missing or were changed.',
  });
}

function checkEntry(entry: Entry | null, proof: TlogProof | null, eventId: string): Check {
  const holds =
    entry !== null &&
    entry.id === eventId &&
    entry.seq === proof?.index &&
    entry.origin === proof.checkpoint.origin;
  return check('entry', holds, 'The entry is about this event', {
    holds: 'Its number, its position and the name of its log are those of the receipt.',
    fails: 'The entry does not belong to this event, to this position or to this log.',
  });
}

async function checkInclusion(entry: string, proof: TlogProof | null): Promise<Check> {
  const title = 'The entry is in the log, unchanged';
  const meaning = {
    holds: 'Its fingerprint leads, step by step, to the fingerprint of the whole log.',
    fails: 'Its fingerprint does not lead to that of the log: the entry or the log was changed.',
  };
  if (!proof) return check('inclusion', false, title, meaning);
  const { root, size } = proof.checkpoint;
  const found = await rootFromPath(await leafHash(utf8(entry)), proof.index, size, proof.path);
  return check('inclusion', found !== null && equal(found, root), title, meaning);
}

async function checkSignature(proof: TlogProof | null, vkey: string): Promise<Check> {
  const key = await parseVerifierKey(vkey);
  const holds =
    proof !== null &&
    key?.name === proof.checkpoint.origin &&
    (await isSignedBy(proof.checkpoint.note, key));
  return check('signature', holds, 'Your co-op’s node signed that log', {
    holds: 'The signature fits the log’s key, so the node can never deny this state of the log.',
    fails: 'The signature does not fit the log’s key: this did not come from your co-op’s node.',
  });
}

async function checkPayload(
  entry: Entry | null,
  payload: Evidence['payload'],
): Promise<Check> {
  const title = 'The content is what was logged';
  if (!payload) {
    return {
      id: 'payload',
      state: 'skipped',
      title,
      meaning: 'The content of this event is not for you to see, or was erased.',
    };
  }
  const hash = await payloadHash(payload.salt, payload.text);
  return check('payload', hash !== null && toBase64(hash) === entry?.payloadHash, title, {
    holds: 'The fingerprint of the content below is the one in the entry.',
    fails: 'The content below is not the content that was logged.',
  });
}

/** What others say beside the node's own signature. It is never why a receipt fails: a young one waits for them. */
async function checkWitnesses(proof: TlogProof | null, text: string | undefined): Promise<Check> {
  const policy = text === undefined ? null : await parsePolicy(text);
  if (!proof || !policy || policy.witnesses.length === 0) {
    return {
      id: 'witnesses',
      state: 'skipped',
      title: 'Confirmed by no other co-op',
      meaning: 'No other co-op confirms the state of this log; the node’s own signature stands alone.',
    };
  }
  const { cosigners, isMet } = await weigh(proof.checkpoint.note, policy);
  return {
    id: 'witnesses',
    state: isMet ? 'holds' : 'waits',
    title: `Confirmed by ${cosigners.length} of ${policy.witnesses.length} other co-ops`,
    meaning: isMet
      ? 'They have seen this state of the log and signed that it only ever grew. That is as many as are asked for.'
      : 'Fewer than are asked for have confirmed this state of the log so far. Look again in a moment.',
  };
}

function check(
  id: CheckId,
  holds: boolean,
  title: string,
  meaning: { readonly holds: string; readonly fails: string },
): Check {
  const state = holds ? 'holds' : 'fails';
  return { id, state, title, meaning: meaning[state] };
}
