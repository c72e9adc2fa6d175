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
