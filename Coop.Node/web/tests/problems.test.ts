import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ledgerProblems } from '../src/lib/ledgerproblems';
import { plainProblem } from '../src/lib/problems';

const documented = readFileSync(new URL('../../../specs/problems.md', import.meta.url), 'utf8');

// What the node does not answer yet has no words here either.
describe('plain words for a refusal', () => {
  it.each(Object.keys(ledgerProblems))('are about a problem that the node has: %s', (code) => {
    expect(documented.includes(`| \`${code}\` |`)).toBe(true);
  });

  it('are none where the node’s own will do', () => {
    expect(plainProblem('internal')).toBeNull();
    expect(plainProblem('below-floor')?.title).toBe('There is not enough on the account.');
  });
});
