// C2SP tlog-cosignature, Ed25519 v1 (type 0x04): 8 bytes of POSIX seconds, big-endian, and a signature over
// "cosignature/v1\ntime <seconds>\n" and the checkpoint's text.
import { equal, utf8, type Bytes } from './bytes';
import { verifyEd25519 } from './ed25519';
import type { SignedNote, VerifierKey } from './note';

const timeSizeBytes = 8;
const sizeBytes = timeSizeBytes + 64;

/**
 * When that witness cosigned, in POSIX seconds, of several the latest; null where it did not. A signature that
 * claims the witness's key and fails spoils the note.
 */
export async function cosignedAt(note: SignedNote, witness: VerifierKey): Promise<bigint | null> {
  let latest: bigint | null = null;
  for (const { name, keyId, signature } of note.signatures) {
    if (name !== witness.name || !equal(keyId, witness.keyId)) continue;
    const seconds = await verify(note.text, signature, witness);
    if (seconds === null) return null;
    if (latest === null || seconds > latest) latest = seconds;
  }
  return latest;
}

async function verify(text: string, signature: Bytes, witness: VerifierKey): Promise<bigint | null> {
  if (signature.length !== sizeBytes) return null;
  const seconds = new DataView(signature.buffer, signature.byteOffset).getBigInt64(0);
  const message = utf8(`cosignature/v1\ntime ${seconds}\n${text}`);
  // The format bounds the time to 2^63 - 1; a larger one reads as negative.
  return seconds >= 0n && (await verifyEd25519(witness.publicKey, signature.slice(timeSizeBytes), message)) ? seconds : null;
}
