// The proof that a log signed two histories (specs/evidence.md), checked without believing whoever serves it.
import { equal, fromBase64, sha256, toHex, utf8 } from './bytes';
import { parseCheckpoint, type Checkpoint } from './checkpoint';
import { canonical } from './entry';
import { composeRoots, emptyRoot, hashSizeBytes } from './merkle';
import { isSignedBy, parseVerifierKey } from './note';
import type { Check } from './receipt';

const type = 'coop/equivocation/v1';
const maxHashes = 64;
const members = ['hashes', 'larger', 'smaller', 'type', 'vkey'];

/** What the file says; nothing of it is checked yet. */
export interface Equivocation {
  /** SHA-256 of its canonical form without `pinned`, in hex. */
  readonly id: string;
  readonly vkey: string;
  readonly smaller: Checkpoint;
  readonly larger: Checkpoint;
  readonly hashes: readonly Uint8Array[];
}

/** Null when the file does not have the form of specs/evidence.md, in its canonical spelling. */
export async function parseEquivocation(text: string): Promise<Equivocation | null> {
  const { pinned, ...file } = readObject(text);
  const { vkey, smaller, larger, hashes } = file;
  if (Object.keys(file).sort().join() !== members.join() || file['type'] !== type || typeof vkey !== 'string') return null;
  const [one, other, list] = [readNote(smaller), readNote(larger), readHashes(hashes)];
  if (!one || !other || !list || one.size > other.size || !isPin(pinned)) return null;
  const id = toHex(await sha256(utf8(canonical(file))));
  return { id, vkey, smaller: one, larger: other, hashes: list };
}

/** An empty one where it is none, or in another spelling. */
function readObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return canonical(value) === text ? Object(value) : {};
  } catch {
    return {};
  }
}

const isPin = (pinned: unknown): boolean =>
  pinned === undefined ||
  (typeof pinned === 'object' && pinned !== null && ['by', 'how', 'whose'].every((name) => typeof (pinned as Record<string, unknown>)[name] === 'string'));

/** Exactly one signature, so that one pair of checkpoints has one spelling. */
function readNote(value: unknown): Checkpoint | null {
  const checkpoint = typeof value === 'string' ? parseCheckpoint(value) : null;
  return checkpoint?.note.signatures.length === 1 ? checkpoint : null;
}

function readHashes(value: unknown): Uint8Array[] | null {
  if (!Array.isArray(value) || value.length > maxHashes) return null;
  const hashes = value.map((item) => (typeof item === 'string' ? fromBase64(item) : null));
  return hashes.every((hash) => hash?.length === hashSizeBytes) ? (hashes as Uint8Array[]) : null;
}

/**
 * @param pinned The key of that log as it is known here, by signed terms or as our own; null where it is not.
 * @param whose Whose log it is about.
 */
export async function checkEquivocation(
  found: Equivocation,
  pinned: string | null,
  whose: 'theirs' | 'ours' = 'theirs',
): Promise<readonly Check[]> {
  const key = await parseVerifierKey(found.vkey);
  const { smaller, larger } = found;
  const signed =
    key !== null && smaller.origin === key.name && larger.origin === key.name &&
    (await isSignedBy(smaller.note, key)) && (await isSignedBy(larger.note, key));
  return [
    {
      id: 'signature',
      state: signed ? 'holds' : 'fails',
      title: 'One key signed both states',
      meaning: signed
        ? 'Whoever has that key cannot deny either of them.'
        : 'A signature does not hold: this file proves nothing.',
    },
    await checkHistories(found),
    checkKey(found.vkey, pinned, whose),
  ];
}

async function checkHistories(found: Equivocation): Promise<Check> {
  const inLarger = await rootInLarger(found);
  const differs = inLarger !== null && !equal(inLarger, found.smaller.root);
  return {
    id: 'inclusion',
    state: differs ? 'holds' : 'fails',
    title: 'They are not of one history',
    meaning: differs
      ? `The first ${found.smaller.size} entries of the one are not those of the other.`
      : 'The two states fit together, or the file does not show that they do not: it proves nothing.',
  };
}

/** The root that the larger tree has at the size of the smaller; null where the hashes do not lead to it. */
async function rootInLarger({ smaller, larger, hashes }: Equivocation): Promise<Uint8Array | null> {
  if (smaller.size === larger.size) return hashes.length === 0 ? larger.root : null;
  if (smaller.size === 0) return hashes.length === 0 ? emptyRoot() : null;
  const roots = await composeRoots(smaller.size, larger.size, hashes);
  return roots && equal(roots.newer, larger.root) ? roots.older : null;
}

const keyWords = {
  theirs: { title: 'It is the key that both co-ops agreed on', holds: 'It is the one in the terms that both signed.', fails: 'The terms name another key: whose this one is, the file does not say.' },
  ours: { title: 'It is the key of our own log', holds: 'It is the one that our node shows.', fails: 'Our node shows another key: whose this one is, the file does not say.' },
} as const;

function checkKey(vkey: string, pinned: string | null, whose: keyof typeof keyWords): Check {
  const words = keyWords[whose];
  if (pinned === null) {
    return { id: 'key', state: 'skipped', title: words.title, meaning: 'There are no terms with that co-op here to compare it with.' };
  }
  const state = vkey === pinned ? 'holds' : 'fails';
  return { id: 'key', state, title: words.title, meaning: words[state] };
}
