import { fromBase64, sha256, utf8 } from './bytes';

const domain = utf8('coop/payload/v1\0');
const saltSizeBytes = 32;

/** SHA-256(domain ‖ salt ‖ canonical payload); null when the salt is not 32 bytes of base64. */
export async function payloadHash(salt: string, payload: string): Promise<Uint8Array | null> {
  const saltBytes = fromBase64(salt);
  if (saltBytes?.length !== saltSizeBytes) return null;
  return sha256(domain, saltBytes, utf8(payload));
}
