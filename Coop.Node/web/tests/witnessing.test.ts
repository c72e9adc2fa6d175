import { describe, expect, it } from 'vitest';
import type { LogCheckpoint } from '../src/api/log';
import { confirmedBy, quorumWords } from '../src/lib/witnessing';

const cosignature = (witness: string) => ({ witness, time: '2026-11-23T10:00:00Z' });
const at = (count: number, of: number, least: number, hasQuorum: boolean, witnessedSize?: number): LogCheckpoint => {
  const names = ['a', 'b', 'c'].slice(0, of);
  const state = (size: number) => ({ size, root: '', hasQuorum, cosignatures: names.slice(0, count).map(cosignature) });
  return {
    origin: 'own/log',
    newest: state(9),
    witnessed: witnessedSize === undefined ? null : state(witnessedSize),
    leastCosignatures: least,
    witnesses: names.map((name) => ({ name, vkey: '', url: null })),
  };
};

const words = (checkpoint: LogCheckpoint): string => `${confirmedBy(checkpoint.newest, checkpoint)} ${quorumWords(checkpoint)}`;

describe('how far others stand beside the log', () => {
  it.each([
    [at(0, 0, 0, false), 'No other co-op confirms the state of this record yet. That takes a peering'],
    [at(0, 2, 2, false), 'No other co-op has confirmed this state of the record so far. That is not enough yet: at least 2 of 2 are asked for.'],
    [at(1, 3, 2, false, 7), '1 other co-op has confirmed this state of the record. That is not enough yet: at least 2 of 3 are asked for. The newest state with enough is that of 7 entries.'],
    [at(2, 3, 2, true), '2 other co-ops have confirmed this state of the record. That is enough: at least 2 of 3 are asked for.'],
    [at(1, 2, 1, true), 'That is enough: at least 1 of 2 is asked for.'],
    [at(1, 1, 0, false), '1 other co-op has confirmed this state of the record. None is asked for.'],
  ])('is said in words', (checkpoint, expected) => {
    expect(words(checkpoint)).toContain(expected);
  });
});
