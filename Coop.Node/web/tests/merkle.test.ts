import { describe, expect, it } from 'vitest';
import { equal } from '../src/verify/bytes';
import { leafHash, rootFromPath } from '../src/verify/merkle';
import { leaf, pathOf, rootOf } from './tree';

const leavesOf = (size: number): Buffer[] =>
  Array.from({ length: size }, (_, index) => leaf(`entry ${index}`));

describe('rootFromPath', () => {
  it('hashes a leaf as RFC 6962 says', async () => {
    const expected = leaf('entry 0');
    expect(equal(await leafHash(new TextEncoder().encode('entry 0')), expected)).toBe(true);
  });

  it('leads to the root from every leaf of every tree up to 33', async () => {
    for (let size = 1; size <= 33; size++) {
      const leaves = leavesOf(size);
      const root = rootOf(leaves);
      for (let index = 0; index < size; index++) {
        const found = await rootFromPath(leaves[index]!, index, size, pathOf(index, leaves));
        expect(found && equal(found, root), `leaf ${index} of ${size}`).toBe(true);
      }
    }
  });

  it('leads elsewhere, or nowhere, from every other place, size and path', async () => {
    const leaves = leavesOf(13);
    const root = rootOf(leaves);
    const path = pathOf(5, leaves);
    const variants: [number, number, Buffer[]][] = [
      ...Array.from({ length: 16 }, (_, i): [number, number, Buffer[]] => [i, 13, path]).filter(([i]) => i !== 5),
      [5, 13, path.slice(1)],
      [5, 13, path.slice(0, -1)],
      [5, 13, [...path, path[0]!]],
      [5, 13, path.toReversed()],
      [5, 0, path],
    ];
    for (const [index, size, hashes] of variants) {
      const found = await rootFromPath(leaves[5]!, index, size, hashes);
      expect(found !== null && equal(found, root), `index ${index} size ${size}`).toBe(false);
    }
  });
});
