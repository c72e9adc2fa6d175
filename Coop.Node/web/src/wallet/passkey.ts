import * as accounts from '../api/accounts';
import { askPasskey, PasskeyEnded } from '../lib/passkey';
import { decodeRequest } from '../lib/webauthn';
import { deriveSeed, keyOfSeed, prfInput } from './derive';
import type { WalletKey } from './key';

/**
 * Asks for the passkey, and derives the member's key from it. Null where the passkey has no PRF. The
 * PRF's output and the seed stay in this function.
 */
export async function passkeyKey(memberId: string): Promise<WalletKey | null> {
  const { options } = await accounts.assertionOptions();
  const publicKey = decodeRequest(options);
  const credential = await askPasskey(() =>
    navigator.credentials.get({
      publicKey: { ...publicKey, extensions: { prf: { eval: { first: prfInput } } } },
    }),
  );
  const response = credential.response as AuthenticatorAssertionResponse;
  requireOwn(response.userHandle, memberId);
  const output = credential.getClientExtensionResults().prf?.results?.first;
  if (!output) return null;
  return keyOfSeed(await deriveSeed(output, publicKey.rpId ?? location.hostname));
}

/** A device may hold the passkeys of several members; another one's would give another one's key. */
function requireOwn(userHandle: ArrayBuffer | null, memberId: string): void {
  const user = userHandle ? new TextDecoder().decode(userHandle) : '';
  if (user !== memberId) {
    throw new PasskeyEnded('That passkey belongs to another member. Choose the one that you signed in with.');
  }
}
