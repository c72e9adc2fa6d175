// C2SP signed-note v1.0.0 with Ed25519 (type 0x01; 0x04 for the keys of witnesses): text, a blank line, and signature lines
// "— name base64(key ID (4 bytes) ‖ signature (64 bytes))".
import { concat, equal, fromBase64, sha256, toHex, utf8, type Bytes } from './bytes';
import { verifyEd25519 } from './ed25519';

export const ed25519Type = 0x01;
export const cosignatureType = 0x04;
const keyIdSizeBytes = 4;
const publicKeySizeBytes = 32;
const signaturePrefix = '— ';

/** A verifier key "name+hex(key ID)+base64(0x01 ‖ public key)". */
export interface VerifierKey {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly publicKey: Bytes;
}

export interface NoteSignature {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Bytes;
}

export interface SignedNote {
  /** What is signed: the text with its last newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Null when the key does not read, is of another type, or when its key ID is not the hash of its name and key. */
export async function parseVerifierKey(vkey: string, type = ed25519Type): Promise<VerifierKey | null> {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(vkey);
  const [, name, idHex, keyText] = match ?? [];
  if (!name || !idHex || !keyText) return null;
  const typedKey = fromBase64(keyText);
  if (typedKey?.length !== 1 + publicKeySizeBytes || typedKey[0] !== type) return null;
  const hash = await sha256(concat(utf8(`${name}\n`), typedKey));
  const keyId = hash.subarray(0, keyIdSizeBytes);
  return toHex(keyId) === idHex ? { name, keyId, publicKey: typedKey.slice(1) } : null;
}

export function parseNote(note: string): SignedNote | null {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return null;
  const lines = note.slice(split + 2, -1).split('\n');
  const signatures = lines.map(parseSignature);
  if (signatures.some((signature) => signature === null)) return null;
  return { text: note.slice(0, split + 1), signatures: signatures.filter((s) => s !== null) };
}

function parseSignature(line: string): NoteSignature | null {
  if (!line.startsWith(signaturePrefix)) return null;
  const [name, encoded, ...rest] = line.slice(signaturePrefix.length).split(' ');
  const bytes = fromBase64(encoded ?? '');
  if (!name || !bytes || bytes.length <= keyIdSizeBytes || rest.length > 0) return null;
  return {
    name,
    keyId: bytes.subarray(0, keyIdSizeBytes),
    signature: bytes.slice(keyIdSizeBytes),
  };
}

/** Whether the note carries a signature of this key and every such signature holds. */
export async function isSignedBy(note: SignedNote, key: VerifierKey): Promise<boolean> {
  const own = note.signatures.filter((s) => s.name === key.name && equal(s.keyId, key.keyId));
  const results = await Promise.all(
    own.map((s) => verifyEd25519(key.publicKey, s.signature, utf8(note.text))),
  );
  return results.length > 0 && results.every(Boolean);
}
