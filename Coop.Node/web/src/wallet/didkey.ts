import { concat } from '../verify/bytes';
import { toBase58 } from './base58';
import { fromBase64Url } from './base64url';

// did:key: a multicodec prefix (an unsigned varint), then the public key.
const ed25519Prefix = Uint8Array.of(0xed, 0x01);
const p256Prefix = Uint8Array.of(0x80, 0x24);

/** The did:key of a public key in its JWK form: Ed25519, or P-256 compressed (SEC1, section 2.3.3). */
export function didOf(jwk: JsonWebKey): string {
  const x = fromBase64Url(jwk.x ?? '');
  if (jwk.crv === 'Ed25519') return `did:key:z${toBase58(concat(ed25519Prefix, x))}`;
  const y = fromBase64Url(jwk.y ?? '');
  const sign = 2 + ((y.at(-1) ?? 0) & 1);
  return `did:key:z${toBase58(concat(p256Prefix, Uint8Array.of(sign), x))}`;
}

/** The absolute DID URL of a did:key's only key. */
export const keyIdOf = (did: string): string => `${did}#${did.slice('did:key:'.length)}`;
