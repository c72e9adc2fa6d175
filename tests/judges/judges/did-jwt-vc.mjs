import { createVerifiableCredentialJwt, verifyCredential, verifyPresentation } from 'did-jwt-vc';
import { EdDSASigner, ES256Signer } from 'did-jwt';
import { resolverOf } from './resolving.mjs';

const bytes = (base64) => new Uint8Array(Buffer.from(base64, 'base64'));

/** VCDM 1.1 as a JWT. */
export async function verify({ jwt, dids }) {
  const { verified, verifiableCredential } = await verifyCredential(jwt, resolverOf(dids));
  if (!verified) throw new Error('not verified');
  return verifiableCredential;
}

export async function verifyVp({ jwt, dids, challenge, domain }) {
  const { verified, verifiablePresentation } = await verifyPresentation(jwt, resolverOf(dids), { challenge, domain });
  if (!verified) throw new Error('not verified');
  return verifiablePresentation;
}

/** @param secret 32 bytes in base64. */
export function issue({ payload, did, kid, algorithm, secret }) {
  const signer = algorithm === 'EdDSA' ? EdDSASigner(bytes(secret)) : ES256Signer(bytes(secret));
  return createVerifiableCredentialJwt(payload, { did, signer, alg: algorithm }, { header: { kid } });
}
