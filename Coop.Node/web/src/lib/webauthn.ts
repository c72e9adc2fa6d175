// WebAuthn level 3, section 5.1: the JSON forms of options and credentials. Written out, since some
// browsers and password managers lack the built-in conversions.

type Buffer = Uint8Array<ArrayBuffer>;

const decode = (text: string): Buffer =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));

const encode = (buffer: ArrayBuffer): string =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const decodeDescriptors = (
  list: PublicKeyCredentialDescriptorJSON[] | undefined,
): PublicKeyCredentialDescriptor[] =>
  (list ?? []).map((item) => ({ ...item, id: decode(item.id) }) as PublicKeyCredentialDescriptor);

export function decodeCreation(
  json: PublicKeyCredentialCreationOptionsJSON,
): PublicKeyCredentialCreationOptions {
  return {
    ...(json as object),
    rp: json.rp,
    user: { ...json.user, id: decode(json.user.id) },
    challenge: decode(json.challenge),
    pubKeyCredParams: json.pubKeyCredParams as PublicKeyCredentialParameters[],
    excludeCredentials: decodeDescriptors(json.excludeCredentials),
    // Some authenticators can do it later only if they were asked now: src/wallet derives a key from it.
    extensions: { prf: {} },
  };
}

export function decodeRequest(
  json: PublicKeyCredentialRequestOptionsJSON,
): PublicKeyCredentialRequestOptions {
  return {
    ...(json as object),
    challenge: decode(json.challenge),
    allowCredentials: decodeDescriptors(json.allowCredentials),
    extensions: {},
  };
}

export function encodeAttestation(credential: PublicKeyCredential): object {
  const response = credential.response as AuthenticatorAttestationResponse;
  return {
    ...encodeCommon(credential),
    response: {
      clientDataJSON: encode(response.clientDataJSON),
      attestationObject: encode(response.attestationObject),
      transports: response.getTransports(),
    },
  };
}

export function encodeAssertion(credential: PublicKeyCredential): object {
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    ...encodeCommon(credential),
    response: {
      clientDataJSON: encode(response.clientDataJSON),
      authenticatorData: encode(response.authenticatorData),
      signature: encode(response.signature),
      ...(response.userHandle && { userHandle: encode(response.userHandle) }),
    },
  };
}

const encodeCommon = (credential: PublicKeyCredential): object => ({
  id: credential.id,
  rawId: encode(credential.rawId),
  type: credential.type,
  // The results stay here: the node needs none of them, and that of prf is a secret.
  clientExtensionResults: {},
  ...(credential.authenticatorAttachment && {
    authenticatorAttachment: credential.authenticatorAttachment,
  }),
});
