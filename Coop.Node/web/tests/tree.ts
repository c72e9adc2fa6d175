// A log in memory, written apart from the code under test: recursive definitions of RFC 6962,
// section 2.1, and Node's own crypto.
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export const leaf = (entry: string): Buffer => sha256(Buffer.of(0), Buffer.from(entry));

const split = (size: number): number => 2 ** Math.ceil(Math.log2(size) - 1);

export function rootOf(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0]!;
  const k = split(leaves.length);
  return sha256(Buffer.of(1), rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}

export function pathOf(index: number, leaves: Buffer[]): Buffer[] {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  return index < k
    ? [...pathOf(index, leaves.slice(0, k)), rootOf(leaves.slice(k))]
    : [...pathOf(index - k, leaves.slice(k)), rootOf(leaves.slice(0, k))];
}

export class TestLog {
  readonly vkey: string;
  readonly #keyId: Buffer;
  readonly #privateKey: KeyObject;

  constructor(readonly origin: string) {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    const typed = Buffer.concat([Buffer.of(1), raw]);
    this.#keyId = sha256(Buffer.from(`${origin}\n`), typed).subarray(0, 4);
    this.#privateKey = privateKey;
    this.vkey = `${origin}+${this.#keyId.toString('hex')}+${typed.toString('base64')}`;
  }

  checkpoint(leaves: Buffer[]): string {
    const text = `${this.origin}\n${leaves.length}\n${rootOf(leaves).toString('base64')}\n`;
    const signature = sign(null, Buffer.from(text), this.#privateKey);
    const blob = Buffer.concat([this.#keyId, signature]).toString('base64');
    return `${text}\n— ${this.origin} ${blob}\n`;
  }

  receipt(index: number, leaves: Buffer[]): string {
    const path = pathOf(index, leaves).map((hash) => `${hash.toString('base64')}\n`).join('');
    return `c2sp.org/tlog-proof@v1\nindex ${index}\n${path}\n${this.checkpoint(leaves)}`;
  }
}

export function payloadHashOf(salt: Buffer, payload: string): string {
  return sha256(Buffer.from('coop/payload/v1\0'), salt, Buffer.from(payload)).toString('base64');
}
