import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toHex, utf8 } from '../src/verify/bytes';
import { verifyEd25519 } from '../src/verify/ed25519';
import { fromBase64Url } from '../src/wallet/base64url';
import { deriveSeed, keyOfSeed, libraryKey } from '../src/wallet/derive';
import { didOf } from '../src/wallet/didkey';
import { signJwt } from '../src/wallet/jws';

const vector = JSON.parse(
  readFileSync(new URL('../../../specs/vectors/wallet.json', import.meta.url), 'utf8'),
) as { prfOutput: string; rpId: string; seed: string; publicKey: string; did: string };

const fromHex = (hex: string) =>
  Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

test('the key out of the passkey is that of the vector', async () => {
  const seed = await deriveSeed(fromHex(vector.prfOutput), vector.rpId);
  expect(toHex(seed)).toBe(vector.seed);
  const key = await keyOfSeed(seed);
  expect(key.did).toBe(vector.did);
  expect(toHex(fromBase64Url(key.jwk.x ?? ''))).toBe(vector.publicKey);
  expect(seed.every((byte) => byte === 0)).toBe(true);
});

test('another relying party or another output gives another key', async () => {
  const other = await deriveSeed(fromHex(vector.prfOutput), 'mill.example');
  expect(toHex(other)).not.toBe(vector.seed);
  const output = fromHex(vector.prfOutput);
  output[0] = 1;
  expect(toHex(await deriveSeed(output, vector.rpId))).not.toBe(vector.seed);
});

test('with and without WebCrypto the key is the same', async () => {
  const key = await libraryKey(fromHex(vector.seed));
  expect(key.did).toBe(vector.did);
  const signature = await key.sign(utf8('message'));
  expect(await verifyEd25519(fromHex(vector.publicKey), signature, utf8('message'))).toBe(true);
});

test('a proof names its key absolutely and verifies', async () => {
  const key = await keyOfSeed(fromHex(vector.seed));
  const [header = '', payload = '', signature = ''] = (await signJwt(key, 'test+jwt', { iss: key.did })).split('.');
  expect(JSON.parse(new TextDecoder().decode(fromBase64Url(header)))).toEqual({
    alg: 'EdDSA',
    typ: 'test+jwt',
    kid: `${vector.did}#${vector.did.slice('did:key:'.length)}`,
  });
  const input = utf8(`${header}.${payload}`);
  expect(await verifyEd25519(fromHex(vector.publicKey), fromBase64Url(signature), input)).toBe(true);
});

test('a P-256 did:key is that of the did:key specification', () => {
  // did:key method 0.9, section 5 (test vectors): P-256.
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: 'igrFmi0whuihKnj9R3Om1SoMph72wUGeFaBbzG2vzns',
    y: 'efsX5b10x8yjyrj4ny3pGfLcY7Xby1KzgqOdqnsrJIM',
  };
  expect(didOf(jwk)).toBe('did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv');
});
