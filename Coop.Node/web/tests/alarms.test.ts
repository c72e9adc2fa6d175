import { describe, expect, it } from 'vitest';
import type { FoundEvidence } from '../src/api/evidence';
import type { Peering } from '../src/api/peers';
import { openAlarms, peeringOfLog } from '../src/lib/alarms';

const found = (id: string, origin: string): FoundEvidence => ({ id, origin, foundAt: '2026-11-23T10:00:00Z', source: 'own', eventId: 'e' });
const peering = (id: string, logOrigin: string, state: Peering['state'], ourHold: Peering['ourHold']): Peering =>
  ({ id, state, ourHold, theirHold: 'none', peer: { logOrigin } }) as Peering;
const ids = (alarms: ReturnType<typeof openAlarms>) => alarms.map(({ evidence, peering: p }) => [evidence.id, p?.id ?? null]);

describe('openAlarms', () => {
  it('warns for good of a proof against the own log', () => {
    expect(ids(openAlarms([found('a', 'own/log')], [], 'own/log'))).toEqual([['a', null]]);
  });

  it('warns of a peer as long as our side keeps it frozen', () => {
    const evidence = [found('a', 'mill/log')];
    expect(ids(openAlarms(evidence, [peering('p', 'mill/log', 'frozen', 'frozen')], 'own/log'))).toEqual([['a', 'p']]);
    expect(openAlarms(evidence, [peering('p', 'mill/log', 'active', 'none')], 'own/log')).toEqual([]);
    expect(openAlarms(evidence, [peering('p', 'mill/log', 'ended', 'frozen')], 'own/log')).toEqual([]);
    expect(openAlarms(evidence, [peering('p', 'other/log', 'frozen', 'frozen')], 'own/log')).toEqual([]);
    expect(openAlarms(evidence, [], 'own/log')).toEqual([]);
  });

  it('warns once of each log, by the newest proof', () => {
    const evidence = [found('new', 'mill/log'), found('own', 'own/log'), found('old', 'mill/log')];
    expect(ids(openAlarms(evidence, [peering('p', 'mill/log', 'frozen', 'frozen')], 'own/log'))).toEqual([['new', 'p'], ['own', null]]);
  });
});

it('finds the peering of a log, one that lasts before one that has ended', () => {
  const all = [peering('old', 'mill/log', 'ended', 'none'), peering('now', 'mill/log', 'active', 'none')];
  expect(peeringOfLog('mill/log', all)?.id).toBe('now');
  expect(peeringOfLog('mill/log', all.slice(0, 1))?.id).toBe('old');
  expect(peeringOfLog('dairy/log', all)).toBeNull();
});
