import * as api from '../api/wallet';
import type { LinkedDid } from '../api/wallet';
import { deviceKey } from './device';
import type { WalletKey } from './key';
import { signJwt } from './jws';
import { passkeyKey } from './passkey';

const proofType = 'coop-did-proof+jwt';
const msPerSecond = 1000;

/** The member's key: out of the passkey where that is possible, else one that stays in this browser. */
export const makeKey = async (memberId: string): Promise<WalletKey> =>
  (await passkeyKey(memberId)) ?? (await deviceKey(memberId));

/** Shows the node that this key is the member's: specs/wallet.md. The same key again is no second link. */
export async function linkKey(key: WalletKey, name: string, replaces?: string): Promise<LinkedDid> {
  const linked = (await api.dids()).find(({ did }) => did === key.did);
  if (linked) return linked;
  const { challenge, nonce, audience, subject } = await api.challenge(key.did);
  const iat = Math.floor(Date.now() / msPerSecond);
  const proof = await signJwt(key, proofType, { iss: key.did, aud: audience, sub: subject, nonce, iat });
  const answer = await api.link({ challenge, proof, kind: key.kind, name, ...(replaces && { replaces }) });
  return answer.did;
}
