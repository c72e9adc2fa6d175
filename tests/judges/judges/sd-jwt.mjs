import { digest, generateSalt, ES256 } from '@sd-jwt/crypto-nodejs';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';

const instance = async ({ issuerKey, holderKey, issuerSecret, holderSecret }) =>
  new SDJwtVcInstance({
    hasher: digest,
    hashAlg: 'sha-256',
    saltGenerator: generateSalt,
    signAlg: 'ES256',
    kbSignAlg: 'ES256',
    signer: issuerSecret && (await ES256.getSigner(issuerSecret)),
    verifier: issuerKey && (await ES256.getVerifier(issuerKey)),
    kbSigner: holderSecret && (await ES256.getSigner(holderSecret)),
    kbVerifier: holderKey && (await ES256.getVerifier(holderKey)),
  });

/** Checks an SD-JWT VC, with its key binding where a nonce is given; answers what it discloses. */
export async function verify({ sdJwt, issuerKey, holderKey, nonce }) {
  const { payload, kb } = await (await instance({ issuerKey, holderKey })).verify(sdJwt, { keyBindingNonce: nonce });
  return { payload, kb: kb?.payload };
}

export const issue = async ({ payload, disclosable, decoys, header, issuerSecret }) =>
  (await instance({ issuerSecret })).issue(payload, { _sd: disclosable, _sd_decoy: decoys ?? 0 }, { header });

export const present = async ({ sdJwt, frame, aud, nonce, iat, holderSecret }) =>
  (await instance({ holderSecret })).present(sdJwt, frame, { kb: { payload: { aud, nonce, iat } } });
