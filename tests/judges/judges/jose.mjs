import { calculateJwkThumbprint, CompactSign, compactVerify, importJWK } from 'jose';

const text = (bytes) => new TextDecoder().decode(bytes);

/** The header and payload of a compact JWS, once its signature has been checked. */
export async function verify({ jws, jwk, algorithm }) {
  const { protectedHeader, payload } = await compactVerify(jws, await importJWK(jwk, algorithm), {
    algorithms: [algorithm],
  });
  return { header: protectedHeader, payload: JSON.parse(text(payload)) };
}

export const sign = async ({ header, payload, jwk }) =>
  new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader(header)
    .sign(await importJWK(jwk, header.alg));

export const thumbprint = ({ jwk }) => calculateJwkThumbprint(jwk);
