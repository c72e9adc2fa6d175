// The vectors of specs/vectors, which were made without this code and without the node's.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toBase64, utf8 } from '../src/verify/bytes';
import { parseCheckpoint } from '../src/verify/checkpoint';
import { parseEntry } from '../src/verify/entry';
import { leafHash } from '../src/verify/merkle';
import { isSignedBy, parseVerifierKey } from '../src/verify/note';
import { payloadHash } from '../src/verify/payload';
import { verifyReceipt, type Verdict } from '../src/verify/receipt';

interface NamedCheckpoint {
  readonly name: string;
  readonly checkpoint: string;
}

interface NamedProof {
  readonly name: string;
  readonly entry: string;
  readonly proof: string;
}

interface Notes {
  readonly vkey: string;
  readonly checkpoint: string;
  readonly checkpointsInvalid: readonly NamedCheckpoint[];
  readonly vkeysInvalid: readonly string[];
  readonly proofs: readonly NamedProof[];
  readonly proofsInvalid: readonly NamedProof[];
}

interface Entries {
  readonly payloadHash: readonly { salt: string; payload: string; payloadHash: string }[];
  readonly valid: readonly { name: string; entry: string; leafHash: string }[];
}

const read = <T>(file: string): T =>
  JSON.parse(readFileSync(new URL(`../../../specs/vectors/${file}`, import.meta.url), 'utf8')) as T;
const notes = read<Notes>('notes.json');
const entries = read<Entries>('log-entry.json');

async function verifyCheckpoint(text: string): Promise<boolean> {
  const checkpoint = parseCheckpoint(text);
  const key = (await parseVerifierKey(notes.vkey))!;
  return checkpoint !== null && checkpoint.origin === key.name && isSignedBy(checkpoint.note, key);
}

/** As the client checks it: the event asked for is the one that the entry names. */
const verify = (entry: string, receipt: string): Promise<Verdict> =>
  verifyReceipt({
    eventId: parseEntry(entry)?.id ?? '',
    entry,
    receipt,
    key: { vkey: notes.vkey, state: 'same' },
  });

describe('entries and payloads', () => {
  it.each(entries.valid)('reads and hashes $name', async ({ entry, leafHash: expected }) => {
    expect(parseEntry(entry)).not.toBeNull();
    expect(toBase64(await leafHash(utf8(entry)))).toBe(expected);
  });

  it.each(entries.payloadHash)('hashes $payload', async (vector) => {
    const hash = await payloadHash(vector.salt, vector.payload);
    expect(hash && toBase64(hash)).toBe(vector.payloadHash);
  });
});

describe('checkpoints', () => {
  it('accepts the genuine one', async () => {
    expect(await verifyCheckpoint(notes.checkpoint)).toBe(true);
  });

  it.each(notes.checkpointsInvalid)('refuses $name', async ({ checkpoint }) => {
    expect(await verifyCheckpoint(checkpoint)).toBe(false);
  });

  it.each(notes.vkeysInvalid)('refuses the key %j', async (vkey) => {
    expect(await parseVerifierKey(vkey)).toBeNull();
  });
});

describe('receipts', () => {
  it.each(notes.proofs)('accepts $name', async ({ entry, proof }) => {
    expect((await verify(entry, proof)).checks.filter((check) => check.state === 'fails')).toEqual([]);
  });

  it.each(notes.proofsInvalid)('refuses $name', async ({ entry, proof }) => {
    expect((await verify(entry, proof)).genuine).toBe(false);
  });
});
