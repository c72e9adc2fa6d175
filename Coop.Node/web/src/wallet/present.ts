import * as credentials from '../api/credentials';
import * as presentations from '../api/presentations';
import type { OpenedRequest } from '../api/presentations';
import { findDeviceKey } from './device';
import type { WalletKey } from './key';
import { sdJwtFormat, type Match } from './match';
import { passkeyKey } from './passkey';
import { presentSdJwt } from './sdjwt';

/** Signs for this one verifier what the member agreed to show, and has the node send it. */
export async function present(
  request: OpenedRequest,
  { queryId, credential }: Match,
  disclosed: readonly string[],
  memberId: string,
): Promise<boolean> {
  const key = await keyOf(credential.subjectDid, memberId);
  const signed = await credentials.read(credential.id, sdJwtFormat);
  const presentation = await presentSdJwt(signed.credential, disclosed, key, request);
  const vpToken = { [queryId]: [presentation] };
  return (await presentations.send(request.ask, vpToken, disclosed)).accepted;
}

async function keyOf(did: string, memberId: string): Promise<WalletKey> {
  const kept = await findDeviceKey(memberId);
  if (kept?.did === did) return kept;
  const derived = await passkeyKey(memberId);
  if (derived?.did === did) return derived;
  throw new Error('This card lives in another browser or wallet app. Show it from there.');
}
