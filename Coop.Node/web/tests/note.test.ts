import { describe, expect, it } from 'vitest';
import { utf8 } from '../src/verify/bytes';
import { verifyEd25519, verifyWithLibrary } from '../src/verify/ed25519';
import { isSignedBy, parseNote, parseVerifierKey } from '../src/verify/note';
import { leaf, TestLog } from './tree';

// The example of the signed-note package's documentation (golang.org/x/mod/sumdb/note).
const exampleKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const exampleNote =
  'If you think cryptography is the answer to your problem,\n' +
  'then you don’t know what your problem is.\n';
const log = new TestLog('coop.example/log');
const note = log.checkpoint([leaf('a')]);

describe('signed notes', () => {
  it('reads a verifier key that others made', async () => {
    expect((await parseVerifierKey(exampleKey))?.name).toBe('PeterNeumann');
  });

  it.each([
    ['a wrong key ID', exampleKey.replace('c74f20a3', 'c74f20a4')],
    ['another name', exampleKey.replace('Peter', 'Petra')],
    ['a changed key', exampleKey.replace('ARpc', 'ARpd')],
    ['another algorithm', exampleKey.replace('+ARpc', '+BBpc')],
    ['too few parts', 'PeterNeumann+c74f20a3'],
    ['nothing', ''],
  ])('refuses a verifier key with %s', async (_, vkey) => {
    expect(await parseVerifierKey(vkey)).toBeNull();
  });

  it('finds the signature among those of witnesses', async () => {
    const key = (await parseVerifierKey(log.vkey))!;
    const cosigned = `${note}— witness.example ${Buffer.alloc(76, 1).toString('base64')}\n`;
    expect(await isSignedBy(parseNote(cosigned)!, key)).toBe(true);
  });

  it('is not signed by a key that signed nothing', async () => {
    const key = (await parseVerifierKey(exampleKey))!;
    expect(await isSignedBy(parseNote(note)!, key)).toBe(false);
  });

  it.each(['', exampleNote, 'text\n\nno signature\n', 'text\n\n— name AAAA\n', note.trimEnd()])(
    'does not read %j as a note',
    (text) => expect(parseNote(text)).toBeNull(),
  );

  it('verifies the same with WebCrypto and with the library', async () => {
    const { signatures, text } = parseNote(note)!;
    const { publicKey } = (await parseVerifierKey(log.vkey))!;
    const { signature } = signatures[0]!;
    for (const verify of [verifyEd25519, verifyWithLibrary]) {
      expect(await verify(publicKey, signature, utf8(text))).toBe(true);
      expect(await verify(publicKey, signature, utf8(`${text} `))).toBe(false);
      expect(await verify(publicKey, signature.slice(1), utf8(text))).toBe(false);
    }
  });
});
