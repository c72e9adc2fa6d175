import type { Bytes } from '../verify/bytes';

/** A key that signs for a DID of the member's, for as long as a page needs it. */
export interface WalletKey {
  /** Where it comes from: out of the passkey, or kept by this browser alone. */
  readonly kind: 'passkey' | 'device';
  readonly did: string;
  /** The absolute DID URL of the verification method. */
  readonly keyId: string;
  readonly algorithm: 'EdDSA' | 'ES256';
  /** The public key. */
  readonly jwk: JsonWebKey;
  /** The signature, 64 bytes. */
  readonly sign: (message: Bytes) => Promise<Bytes>;
}
