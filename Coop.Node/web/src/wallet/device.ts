import { didOf, keyIdOf } from './didkey';
import type { WalletKey } from './key';

// For authenticators without PRF: a key that this browser keeps and that nobody can read out of it. It
// does not travel; another device makes its own.

const databaseName = 'coop-wallet';
const storeName = 'keys';

interface KeptKey {
  readonly privateKey: CryptoKey;
  readonly jwk: JsonWebKey;
}

/** The key that this browser keeps for a member; null where there is none. */
export async function findDeviceKey(memberId: string): Promise<WalletKey | null> {
  const kept = await inStore<KeptKey | undefined>('readonly', (store) => store.get(memberId));
  return kept ? walletKey(kept) : null;
}

/** The same, made at first use. */
export async function deviceKey(memberId: string): Promise<WalletKey> {
  const found = await findDeviceKey(memberId);
  if (found) return found;
  const made = await generate();
  // Two tabs may be at it: the first one's key stays.
  await inStore('readwrite', (store) => store.add(made, memberId)).catch(() => {});
  return (await findDeviceKey(memberId)) ?? walletKey(made);
}

export async function forgetDeviceKey(memberId: string): Promise<void> {
  await inStore('readwrite', (store) => store.delete(memberId));
}

async function generate(): Promise<KeptKey> {
  const pair = await generateEd25519().catch(() =>
    crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']),
  );
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { privateKey: pair.privateKey, jwk: { kty, crv, x, ...(y && { y }) } as JsonWebKey };
}

const generateEd25519 = async (): Promise<CryptoKeyPair> =>
  (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;

function walletKey({ privateKey, jwk }: KeptKey): WalletKey {
  const did = didOf(jwk);
  const isEd25519 = jwk.crv === 'Ed25519';
  const parameters = isEd25519 ? 'Ed25519' : { name: 'ECDSA', hash: 'SHA-256' };
  return {
    kind: 'device',
    did,
    keyId: keyIdOf(did),
    algorithm: isEd25519 ? 'EdDSA' : 'ES256',
    jwk,
    sign: async (message) => new Uint8Array(await crypto.subtle.sign(parameters, privateKey, message)),
  };
}

async function inStore<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest,
): Promise<T> {
  const database = await settled(open());
  try {
    return (await settled(act(database.transaction(storeName, mode).objectStore(storeName)))) as T;
  } finally {
    database.close();
  }
}

function open(): IDBOpenDBRequest {
  const request = indexedDB.open(databaseName, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(storeName);
  return request;
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
