import { sha256, utf8 } from '../verify/bytes';
import { fromBase64Url, toBase64Url } from './base64url';
import type { WalletKey } from './key';
import { signJwt } from './jws';

const msPerSecond = 1000;

/** For whom a presentation is, so that nobody else can use it. */
export interface Audience {
  readonly clientId: string;
  readonly nonce: string;
}

/**
 * Presents an SD-JWT (RFC 9901, section 7.2): of the disclosures only those of the named claims, and a
 * key binding JWT by the holder.
 */
export async function presentSdJwt(
  sdJwt: string,
  disclosed: readonly string[],
  key: WalletKey,
  { clientId, nonce }: Audience,
): Promise<string> {
  const [issued = '', ...disclosures] = sdJwt.split('~').filter((part) => part !== '');
  const shown = disclosures.filter((disclosure) => disclosed.includes(claimOf(disclosure) ?? ''));
  const presented = [issued, ...shown, ''].join('~');
  const sdHash = toBase64Url(await sha256(utf8(presented)));
  const iat = Math.floor(Date.now() / msPerSecond);
  return presented + (await signJwt(key, 'kb+jwt', { iat, aud: clientId, nonce, sd_hash: sdHash }));
}

/** The name of the claim that a disclosure discloses: of [salt, name, value]. */
function claimOf(disclosure: string): string | null {
  const parts: unknown = JSON.parse(new TextDecoder().decode(fromBase64Url(disclosure)));
  return Array.isArray(parts) && parts.length === 3 && typeof parts[1] === 'string' ? parts[1] : null;
}
