import { describe, expect, it } from 'vitest';
import { canonical } from '../src/verify/entry';
import { verifyReceipt, type CheckId, type Evidence } from '../src/verify/receipt';
import { leaf, payloadHashOf, TestLog, TestWitness } from './tree';

const origin = 'coop.example/log';
const salt = Buffer.alloc(32, 7);
const payload = '{"choice":"yes"}';
const eventId = '0198aaaa-0000-7000-8000-000000000004';

const entryAt = (seq: number): string =>
  canonical({
    v: 1,
    origin,
    seq,
    prev: payloadHashOf(salt, String(seq)),
    id: `0198aaaa-0000-7000-8000-00000000000${seq}`,
    type: 'vote.cast',
    actor: 'member:abc',
    time: '2026-11-01T10:00:00Z',
    subject: 'proposal:0198bbbb-0000-7000-8000-000000000000',
    payloadHash: payloadHashOf(salt, payload),
    visibility: 'private',
  });

const log = new TestLog(origin);
const entries = Array.from({ length: 7 }, (_, seq) => entryAt(seq));
const leaves = entries.map(leaf);

const genuine: Evidence = {
  eventId,
  entry: entries[4]!,
  receipt: log.receipt(4, leaves),
  key: { vkey: log.vkey, state: 'same' },
  payload: { text: payload, salt: salt.toString('base64') },
};

async function failing(change: Partial<Evidence>): Promise<CheckId[]> {
  const { checks, genuine: whole } = await verifyReceipt({ ...genuine, ...change });
  const failed = checks.filter((check) => check.state === 'fails').map((check) => check.id);
  expect(whole).toBe(failed.length === 0);
  return failed;
}

describe('verifyReceipt', () => {
  it('accepts a genuine receipt and says how large the log is', async () => {
    const verdict = await verifyReceipt(genuine);
    expect(verdict.checks.map((check) => check.state)).toEqual([...Array(6).fill('holds'), 'skipped']);
    expect(verdict).toMatchObject({ genuine: true, treeSize: 7 });
  });

  it('counts whose cosignatures hold, and whether they are enough', async () => {
    const [mill, dairy] = [new TestWitness('mill.example/witness'), new TestWitness('dairy.example/witness')];
    const policy = (quorum: string): string =>
      `witness Mill ${mill.vkey}\nwitness Dairy ${dairy.vkey}\ngroup both all Mill Dairy\nquorum ${quorum}\n`;
    const said = async (receipt: string, quorum: string): Promise<unknown> => {
      const verdict = await verifyReceipt({ ...genuine, receipt, policy: policy(quorum) });
      expect(verdict.genuine).toBe(true);
      return verdict.checks.find((check) => check.id === 'witnesses');
    };
    const once = mill.cosign(genuine.receipt);
    expect(await said(genuine.receipt, 'Mill')).toMatchObject({ state: 'waits', title: 'Confirmed by 0 of 2 other co-ops' });
    expect(await said(once, 'Mill')).toMatchObject({ state: 'holds', title: 'Confirmed by 1 of 2 other co-ops' });
    expect(await said(once, 'both')).toMatchObject({ state: 'waits' });
    expect(await said(dairy.cosign(once), 'both')).toMatchObject({ state: 'holds', title: 'Confirmed by 2 of 2 other co-ops' });
    const foreign = new TestWitness('mill.example/witness');
    expect(await said(foreign.cosign(genuine.receipt), 'Mill')).toMatchObject({ state: 'waits' });
  });

  it('skips the payload where the member may not see it', async () => {
    const { payload: _, ...withoutPayload } = genuine;
    const verdict = await verifyReceipt(withoutPayload);
    expect(verdict.genuine).toBe(true);
    expect(verdict.checks.find((check) => check.id === 'payload')?.state).toBe('skipped');
  });

  it.each([
    ['a changed entry', { entry: genuine.entry.replace('vote.cast', 'vote.lost') }, ['inclusion']],
    ['an entry that is not canonical', { entry: genuine.entry + ' ' }, ['entry', 'inclusion', 'payload']],
    ['the entry of another event', { entry: entries[3]! }, ['entry', 'inclusion']],
    ['the receipt of another position', { receipt: log.receipt(3, leaves) }, ['entry', 'inclusion']],
    ['another payload', { payload: { ...genuine.payload!, text: '{"choice":"no"}' } }, ['payload']],
    ['another salt', { payload: { text: payload, salt: Buffer.alloc(32, 8).toString('base64') } }, ['payload']],
    ['a short salt', { payload: { text: payload, salt: 'AAAA' } }, ['payload']],
    ['another key', { key: { vkey: new TestLog(origin).vkey, state: 'same' } }, ['signature']],
    ['a key of another log', { key: { vkey: new TestLog('other.example/log').vkey, state: 'same' } }, ['signature']],
    ['a changed key', { key: { vkey: log.vkey, state: 'changed' } }, ['key']],
    ['no receipt', { receipt: '' }, ['receipt', 'entry', 'inclusion', 'signature']],
    ['a log of another name', { receipt: new TestLog('other.example/log').receipt(4, leaves) }, ['entry', 'signature']],
  ] satisfies [string, Partial<Evidence>, CheckId[]][])('refuses %s', async (_, change, expected) => {
    expect(await failing(change)).toEqual(expected);
  });

  it('refuses a receipt with any one character changed', async () => {
    const { receipt } = genuine;
    for (let at = 0; at < receipt.length; at++) {
      const other = receipt[at] === 'A' ? 'B' : 'A';
      const forged = receipt.slice(0, at) + other + receipt.slice(at + 1);
      const verdict = await verifyReceipt({ ...genuine, receipt: forged });
      expect(verdict.genuine, `character ${at} "${receipt[at]}"`).toBe(false);
    }
  });

  it('refuses an entry with any one character changed', async () => {
    for (let at = 0; at < genuine.entry.length; at++) {
      const other = genuine.entry[at] === '0' ? '1' : '0';
      const forged = genuine.entry.slice(0, at) + other + genuine.entry.slice(at + 1);
      expect(await failing({ entry: forged })).toContain('inclusion');
    }
  });
});
