import { concat, utf8, type Bytes } from '../verify/bytes';
import { didOf, keyIdOf } from './didkey';
import { fromBase64Url, toBase64Url } from './base64url';
import type { WalletKey } from './key';

// specs/wallet.md: the member's key out of the passkey. Every byte here is fixed for good: another value
// is another DID.

/** What the authenticator's PRF is asked about (WebAuthn level 3, section 10.1.4). */
export const prfInput: Bytes = utf8('coop/wallet/prf/v1');

const info = utf8('coop/wallet/ed25519/v1');
const seedBits = 256;

// RFC 8410, section 7: a PKCS #8 wrapper around the 32-byte seed.
const pkcs8Prefix = Uint8Array.of(
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
);

/** HKDF-SHA256 (RFC 5869) over the PRF's output, apart by the relying party and by purpose. */
export async function deriveSeed(prfOutput: BufferSource, rpId: string): Promise<Bytes> {
  const ikm = await crypto.subtle.importKey('raw', prfOutput, 'HKDF', false, ['deriveBits']);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: utf8(rpId), info };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, ikm, seedBits));
}

/** The Ed25519 key of a seed; by a small library where WebCrypto has no Ed25519. Erases the seed. */
export async function keyOfSeed(seed: Bytes): Promise<WalletKey> {
  try {
    return (await nativeKey(seed)) ?? (await libraryKey(seed.slice()));
  } finally {
    seed.fill(0);
  }
}

async function nativeKey(seed: Bytes): Promise<WalletKey | null> {
  const pkcs8 = concat(pkcs8Prefix, seed);
  try {
    const readable = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
    const { x } = await crypto.subtle.exportKey('jwk', readable);
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
    return walletKey(fromBase64Url(x ?? ''), async (message) =>
      new Uint8Array(await crypto.subtle.sign('Ed25519', key, message)),
    );
  } catch {
    return null;
  } finally {
    pkcs8.fill(0);
  }
}

export async function libraryKey(seed: Bytes): Promise<WalletKey> {
  const { getPublicKeyAsync, signAsync } = await import('@noble/ed25519');
  return walletKey(
    await getPublicKeyAsync(seed),
    async (message) => new Uint8Array(await signAsync(message, seed)),
  );
}

function walletKey(publicKey: Uint8Array, sign: WalletKey['sign']): WalletKey {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(publicKey) };
  const did = didOf(jwk);
  return { kind: 'passkey', did, keyId: keyIdOf(did), algorithm: 'EdDSA', jwk, sign };
}
