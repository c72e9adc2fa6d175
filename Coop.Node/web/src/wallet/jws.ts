import { utf8 } from '../verify/bytes';
import { jsonToBase64Url, toBase64Url } from './base64url';
import type { WalletKey } from './key';

/** A compact JWS (RFC 7515) over a JSON payload, with the key's absolute id in its header. */
export async function signJwt(key: WalletKey, type: string, payload: object): Promise<string> {
  const header = { alg: key.algorithm, typ: type, kid: key.keyId };
  const input = `${jsonToBase64Url(header)}.${jsonToBase64Url(payload)}`;
  return `${input}.${toBase64Url(await key.sign(utf8(input)))}`;
}
