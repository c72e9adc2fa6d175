import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeEvent } from '../src/lib/events';

const names = new Map([
  ['member:ada', 'Ada'],
  ['proposal:1', 'Buy an oven'],
  ['peering:7', 'Mill'],
]);
const event = (type: string, actor: string, subject: string, mine = false) => ({ type, actor, subject, mine });

describe('describeEvent', () => {
  it.each([
    [event('vote.cast', 'member:ada', 'proposal:1', true), 'You voted on “Buy an oven”'],
    [event('proposal.opened', 'member:ada', 'proposal:1'), 'Ada opened the vote on “Buy an oven”'],
    [event('proposal.closed', 'node', 'proposal:1'), 'The node closed the vote on “Buy an oven”'],
    [event('member.joined', 'member:ada', 'member:ada'), 'Ada joined the co-op'],
    [event('member.roles-changed', 'member:x', 'member:ada'), 'Somebody changed the roles of Ada'],
    [event('vote.cast', 'member:ada', 'proposal:2'), 'Ada voted on a proposal'],
    [event('peering.suspended', 'member:ada', 'peering:7'), 'Ada suspended what we do with Mill'],
    [event('peering.suspended', 'node', 'peering:7'), 'What we do with Mill was suspended'],
    [event('peering.ended', 'node', 'peering:8'), 'What we do with another co-op was ended'],
    [event('future.thing', 'member:ada', 'proposal:1'), 'Ada did “future.thing” to “Buy an oven”'],
  ])('puts %j into words', (item, words) => {
    expect(describeEvent(item, names)).toBe(words);
  });

  it('has words for every event that the node writes', () => {
    const types = readFileSync(new URL('../../Log/EventTypes.cs', import.meta.url), 'utf8').matchAll(/ = "([a-z-]+\.[a-z-]+)"/g);
    const named = [...types].map(([, type = '']) => type);
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((type) => describeEvent(event(type, 'member:ada', 'account:1'), names).includes('“'))).toEqual([]);
  });

  it('does not take a title for a pattern', () => {
    const titles = new Map([['proposal:1', 'Pay $& more']]);
    expect(describeEvent(event('vote.cast', 'node', 'proposal:1'), titles)).toBe('The node voted on “Pay $& more”');
  });
});
