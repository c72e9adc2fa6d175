import * as accounts from '../api/accounts';
import type { Member } from '../api/accounts';
import { decodeCreation, decodeRequest, encodeAssertion, encodeAttestation } from './webauthn';

/** Whether this browser can make and use passkeys at this address. */
export const hasPasskeys = (): boolean =>
  isSecureContext && typeof PublicKeyCredential === 'function' && 'credentials' in navigator;

/** A passkey ceremony that the browser or its user ended. */
export class PasskeyEnded extends Error {
  override readonly name = 'PasskeyEnded';
}

export async function enrol(invitation: string, name: string): Promise<Member> {
  const { ceremony, options } = await accounts.registrationOptions(invitation, name);
  const credential = await askPasskey(() =>
    navigator.credentials.create({ publicKey: decodeCreation(options) }),
  );
  return (await accounts.register(ceremony, encodeAttestation(credential))).member;
}

export async function signIn(): Promise<Member> {
  const { ceremony, options } = await accounts.assertionOptions();
  const credential = await askPasskey(() => navigator.credentials.get({ publicKey: decodeRequest(options) }));
  return (await accounts.assert(ceremony, encodeAssertion(credential))).member;
}

/** Runs a ceremony; what the browser says when it fails is put in plain words. */
export async function askPasskey(ceremony: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await ceremony();
    if (credential) return credential as PublicKeyCredential;
  } catch (error) {
    throw new PasskeyEnded(explain(error));
  }
  throw new PasskeyEnded('The browser made no passkey. Please try again.');
}

/** The errors of WebAuthn level 3, sections 5.1.3 and 5.1.4, in plain words. */
function explain(error: unknown): string {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'AbortError':
      return 'The passkey request was cancelled or took too long, or there is no passkey for this co-op here. Nothing was changed; you can try again.';
    case 'InvalidStateError':
      return 'This device already has a passkey for this co-op. Sign in with it instead.';
    case 'NotSupportedError':
    case 'ConstraintError':
      return 'This device cannot make the kind of passkey that is needed: one that asks for your fingerprint, face or PIN. Try a phone, or set a screen lock first.';
    case 'SecurityError':
      return 'Passkeys do not work at this address. Open the link exactly as it was given to you.';
    default:
      return 'The passkey could not be used. Please try again, or try another device.';
  }
}
