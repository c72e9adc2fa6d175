// The Merkle tree of RFC 6962, section 2.1, with SHA-256.
import { concat, sha256, type Bytes } from './bytes';

export const hashSizeBytes = 32;

const leafPrefix = Uint8Array.of(0x00);
const nodePrefix = Uint8Array.of(0x01);

export const leafHash = (entry: Uint8Array): Promise<Bytes> => sha256(leafPrefix, entry);

const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Bytes> =>
  sha256(concat(nodePrefix, left, right));

/**
 * The root that a leaf and its audit path lead to, by the steps of RFC 9162, section 2.1.3.2;
 * null when the path cannot belong to this place in a tree of this size.
 */
export async function rootFromPath(
  leaf: Uint8Array,
  index: number,
  treeSize: number,
  path: readonly Uint8Array[],
): Promise<Uint8Array | null> {
  if (index >= treeSize) return null;
  let place = BigInt(index);
  let last = BigInt(treeSize - 1);
  let root: Uint8Array = leaf;
  for (const sibling of path) {
    if (last === 0n) return null;
    if (place % 2n === 1n || place === last) {
      root = await nodeHash(sibling, root);
      while (place % 2n === 0n && place !== 0n) {
        place /= 2n;
        last /= 2n;
      }
    } else {
      root = await nodeHash(root, sibling);
    }
    place /= 2n;
    last /= 2n;
  }
  return last === 0n ? root : null;
}

/**
 * The roots at an older and a newer size that the hashes of SUBPROOF(older, D[newer], false) compose to, by the
 * steps of RFC 9162, section 2.1.4.2; null when they are none of those sizes. If the newer is the root of a tree,
 * the older is the root of that tree's first leaves.
 */
export async function composeRoots(
  older: number,
  newer: number,
  hashes: readonly Uint8Array[],
): Promise<{ readonly older: Uint8Array; readonly newer: Uint8Array } | null> {
  const [first, ...rest] = hashes;
  if (older <= 0 || newer <= older || !first) return null;
  let place = BigInt(older) - 1n;
  let last = BigInt(newer) - 1n;
  while (place % 2n === 1n) [place, last] = [place / 2n, last / 2n];
  let [olderRoot, newerRoot] = [first, first];
  for (const sibling of rest) {
    if (last === 0n) return null;
    if (place % 2n === 1n || place === last) {
      olderRoot = await nodeHash(sibling, olderRoot);
      newerRoot = await nodeHash(sibling, newerRoot);
      while (place % 2n === 0n && place !== 0n) [place, last] = [place / 2n, last / 2n];
    } else {
      newerRoot = await nodeHash(newerRoot, sibling);
    }
    [place, last] = [place / 2n, last / 2n];
  }
  return last === 0n ? { older: olderRoot, newer: newerRoot } : null;
}

/** RFC 6962: the hash of nothing. */
export const emptyRoot = (): Promise<Bytes> => sha256();
