// The vectors of specs/vectors/policy.json: which cosignatures hold, and whether they are enough.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseNote } from '../src/verify/note';
import { parsePolicy, weigh } from '../src/verify/policy';

interface Vectors {
  readonly valid: readonly {
    name: string;
    policy: string;
    notes: readonly { met: boolean; cosigners: readonly string[]; note: string }[];
  }[];
  readonly invalid: readonly { name: string; policy: string }[];
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../specs/vectors/policy.json', import.meta.url), 'utf8'),
) as Vectors;

describe('policies', () => {
  it.each(vectors.valid)('weighs by $name', async ({ policy: text, notes }) => {
    const policy = (await parsePolicy(text))!;
    for (const { note, cosigners, met } of notes) {
      const standing = await weigh(parseNote(note)!, policy);
      expect(standing).toEqual({ cosigners, isMet: met });
    }
  });

  it.each(vectors.invalid)('refuses $name', async ({ policy }) => {
    expect(await parsePolicy(policy)).toBeNull();
  });
});
