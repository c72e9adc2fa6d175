import { describe, expect, it } from 'vitest';
import type { Grant, Peering, Who } from '../src/api/peers';
import { changesBetween, describeDelivery, describeGrant, describeState, describeStep, explainState, fingerprintGroups } from '../src/lib/peers';

const peer: Who = { did: 'did:webvh:x:mill.example', name: 'Mill', address: 'https://mill.example', logOrigin: 'mill.example/log', logVkey: '', witnessVkey: '' };
const grant: Grant = { scopes: ['replicate', 'witness'], requestsPerMinute: 600, retentionDays: 3650, witnessWithinSeconds: 60, trade: [] };
const euro = { code: 'EUR', name: 'Euro', scale: 2, kind: 'money' as const };
const held = (state: Peering['state'], ourHold: Peering['ourHold'], theirHold: Peering['theirHold'], awaitsUs = false) => ({ state, ourHold, theirHold, awaitsUs, peer });

describe('where a peering stands', () => {
  it.each([
    [held('proposed', 'none', 'none', true), 'Waiting for us', 'Mill proposes to work with us.'],
    [held('proposed', 'none', 'none'), 'Waiting for them', 'We have proposed this to Mill.'],
    [held('active', 'none', 'none'), 'Active', 'We and Mill do for each other what the terms say.'],
    [held('suspended', 'suspended', 'none'), 'Suspended', 'We suspended it. Nothing flows until it is resumed.'],
    [held('suspended', 'none', 'suspended'), 'Suspended', 'Mill suspended it. Nothing flows until it is resumed.'],
    [held('suspended', 'suspended', 'suspended'), 'Suspended', 'Both we and Mill suspended it. Nothing flows until both resume.'],
    [held('frozen', 'frozen', 'suspended'), 'Frozen', 'Our node froze it because of a proof'],
    [held('frozen', 'none', 'frozen'), 'Frozen', 'Mill froze it because of a proof'],
    [held('ended', 'none', 'none'), 'Ended', 'It is over.'],
  ])('puts %j into words', (peering, badge, sentence) => {
    expect(describeState(peering).text).toBe(badge);
    expect(explainState(peering)).toContain(sentence);
  });
});

describe('what a grant says', () => {
  it('names who may do what, and how much', () => {
    expect(describeGrant(grant, 'us', [])).toEqual([
      'They may keep a checked copy of our log',
      'They may have us confirm the state of their log',
      'We answer up to 600 requests a minute',
      'After the end they may keep copies of contents for 10 years',
      'We confirm within 1 minute',
    ]);
    expect(describeGrant({ ...grant, retentionDays: 45 }, 'them', [])).toContain('After the end we may keep copies of contents for 45 days');
  });

  it('writes a credit in its unit, and one that is not known here in its smallest parts', () => {
    const trading: Grant = { ...grant, trade: [{ unit: 'EUR', maxCreditMinor: 123456n }, { unit: 'HRS', maxCreditMinor: 90n }] };
    const lines = describeGrant(trading, 'us', [euro]);
    expect(lines.some((line) => /^They may owe up to 1.?234.56 EUR$/.test(line))).toBe(true);
    expect(lines).toContain('They may owe up to 90 of the smallest parts of HRS');
  });

  it('tells what other terms would change, and nothing else', () => {
    const after: Grant = { ...grant, scopes: ['replicate', 'claims'], witnessWithinSeconds: 0, retentionDays: 0 };
    expect(changesBetween(grant, after, 'them', [])).toEqual({
      gone: ['We may have them confirm the state of our log', 'After the end we may keep copies of contents for 10 years', 'They confirm within 1 minute'],
      added: ['We may send them claims, and read what they share', 'Copies of contents are deleted at the end'],
    });
    expect(changesBetween(grant, { ...grant }, 'us', [])).toEqual({ gone: [], added: [] });
  });
});

it('says whose step it was', () => {
  expect(describeStep({ side: 'us', stepTaken: 'suspended' }, 'Mill')).toBe('We suspended it');
  expect(describeStep({ side: 'them', stepTaken: 'proposed' }, 'Mill')).toBe('Mill proposed terms');
});

it('says why a step has not arrived', () => {
  expect(describeDelivery('The peer answered 403 (urn:coop:problem:peer-blocked).')).toContain('blocked us');
  expect(describeDelivery('Connection refused')).toContain('tries again by itself');
});

it('keeps the groups of a fingerprint', () => {
  expect(fingerprintGroups('04711 33102 90011 55210 00042 81723')).toEqual(['04711', '33102', '90011', '55210', '00042', '81723']);
});
