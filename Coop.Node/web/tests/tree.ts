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

class NoteSigner {
  readonly vkey: string;
  protected readonly keyId: Buffer;
  protected readonly privateKey: KeyObject;

  constructor(name: string, type: number) {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    const typed = Buffer.concat([Buffer.of(type), raw]);
    this.keyId = sha256(Buffer.from(`${name}\n`), typed).subarray(0, 4);
    this.privateKey = privateKey;
    this.vkey = `${name}+${this.keyId.toString('hex')}+${typed.toString('base64')}`;
  }
}

/** Cosigns what ends in a signed note (C2SP tlog-cosignature, type 4). */
export class TestWitness extends NoteSigner {
  constructor(readonly name: string) {
    super(name, 4);
  }

  cosign(receipt: string, seconds = 1_700_000_000n): string {
    const text = receipt.split('\n\n').at(-2) + '\n';
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(seconds);
    const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`), this.privateKey);
    return `${receipt}— ${this.name} ${Buffer.concat([this.keyId, time, signature]).toString('base64')}\n`;
  }
}

export class TestLog extends NoteSigner {
  constructor(readonly origin: string) {
    super(origin, 1);
  }

  checkpoint(leaves: Buffer[]): string {
    const text = `${this.origin}\n${leaves.length}\n${rootOf(leaves).toString('base64')}\n`;
    const signature = sign(null, Buffer.from(text), this.privateKey);
    const blob = Buffer.concat([this.keyId, signature]).toString('base64');
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
