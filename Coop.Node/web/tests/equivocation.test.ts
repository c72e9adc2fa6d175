// The vectors of specs/vectors/evidence.json, valid and invalid.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkEquivocation, parseEquivocation } from '../src/verify/equivocation';

interface Vectors {
  readonly vkey: string;
  readonly valid: readonly { name: string; evidence: string; id: string }[];
  readonly invalid: readonly { name: string; evidence: string }[];
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../specs/vectors/evidence.json', import.meta.url), 'utf8'),
) as Vectors;

const states = async (text: string, pinned: string | null): Promise<string[] | null> => {
  const found = await parseEquivocation(text);
  return found && (await checkEquivocation(found, pinned)).map(({ state }) => state);
};

describe('evidence of two histories', () => {
  it.each(vectors.valid)('is a proof: $name', async ({ evidence, id }) => {
    expect((await parseEquivocation(evidence))?.id).toBe(id);
    expect(await states(evidence, vectors.vkey)).toEqual(['holds', 'holds', 'holds']);
    expect(await states(evidence, null)).toEqual(['holds', 'holds', 'skipped']);
    const own = await checkEquivocation((await parseEquivocation(evidence))!, vectors.vkey, 'ours');
    expect(own.at(-1)).toMatchObject({ state: 'holds', title: 'It is the key of our own log' });
    expect(await states(evidence, `${vectors.vkey}x`)).toEqual(['holds', 'holds', 'fails']);
  });

  it.each(vectors.invalid)('is none: $name', async ({ evidence }) => {
    const seen = await states(evidence, null);
    expect(seen === null || seen.includes('fails')).toBe(true);
  });
});
