// Credo verifies here and keeps nothing: its storage is a map, its keys are those that come with a question.
import { webcrypto } from 'node:crypto';
import {
  Agent, CacheModule, DidDocument, DidsModule, InjectionSymbols, InMemoryLruCache, JsonTransformer, Kms, RecordNotFoundError,
  W3cV2JwtVerifiableCredential,
} from '@credo-ts/core';

class MemoryStorage {
  supportsCursorPagination = false;
  #records = new Map();

  #key = (type, id) => `${type}/${id}`;

  async save(_, record) {
    this.#records.set(this.#key(record.type, record.id), record);
  }

  update = this.save;

  async delete(_, record) {
    this.#records.delete(this.#key(record.type, record.id));
  }

  async deleteById(_, { type }, id) {
    this.#records.delete(this.#key(type, id));
  }

  async getById(_, { type }, id) {
    const found = this.#records.get(this.#key(type, id));
    if (!found) throw new RecordNotFoundError(`no ${type} ${id}`, { recordType: type });
    return found;
  }

  async getAll(_, { type }) {
    return [...this.#records.values()].filter((record) => record.type === type);
  }

  findByQuery = this.getAll;
}

const algorithms = {
  EdDSA: [{ name: 'Ed25519' }, { name: 'Ed25519' }],
  Ed25519: [{ name: 'Ed25519' }, { name: 'Ed25519' }],
  ES256: [{ name: 'ECDSA', namedCurve: 'P-256' }, { name: 'ECDSA', hash: 'SHA-256' }],
};

/** Verifies with the key that is named; makes and holds none. */
class VerifyingKeys {
  backend = 'verifying';

  isOperationSupported(_, { operation, algorithm }) {
    return operation === 'randomBytes' || (operation === 'verify' && algorithm in algorithms);
  }

  async verify(_, { key, algorithm, data, signature }) {
    const [importing, verifying] = algorithms[algorithm];
    const { kty, crv, x, y } = key.publicJwk;
    const imported = await webcrypto.subtle.importKey('jwk', { kty, crv, x, y }, importing, false, ['verify']);
    const verified = await webcrypto.subtle.verify(verifying, imported, signature, data);
    return verified ? { verified, publicJwk: key.publicJwk } : { verified };
  }

  randomBytes(_, { length }) {
    return webcrypto.getRandomValues(new Uint8Array(length));
  }
}

/** Answers with the DID documents of the question in hand. */
class GivenDids {
  allowsCaching = false;
  allowsLocalDidRecord = false;
  supportedMethods = ['webvh', 'web', 'key', 'jwk'];
  dids = {};

  async resolve(_, did) {
    const document = this.dids[did.split(/[?#]/)[0]];
    return document
      ? { didDocument: JsonTransformer.fromJSON(document, DidDocument), didDocumentMetadata: {}, didResolutionMetadata: {} }
      : { didDocument: null, didDocumentMetadata: {}, didResolutionMetadata: { error: 'notFound', message: did } };
  }
}

const given = new GivenDids();
let agent;

async function start() {
  const memory = {
    register: (manager) => manager.registerInstance(InjectionSymbols.StorageService, new MemoryStorage()),
  };
  agent = new Agent({
    config: { autoUpdateStorageOnStartup: true },
    dependencies: { FileSystem: class {}, fetch, EventEmitterClass: (await import('node:events')).EventEmitter, WebSocketClass: class {} },
    modules: {
      memory,
      cache: new CacheModule({ cache: new InMemoryLruCache({ limit: 10 }) }),
      kms: new Kms.KeyManagementModule({ backends: [new VerifyingKeys()] }),
      dids: new DidsModule({ resolvers: [given], registrars: [] }),
    },
  });
  await agent.initialize();
}

async function ready(dids) {
  if (!agent) await start();
  given.dids = dids ?? {};
  return agent;
}

/** VCDM 2.0 as `vc+jwt`. */
export async function verifyVcJwt({ jwt, dids }) {
  const { w3cV2Credentials } = await ready(dids);
  const result = await w3cV2Credentials.verifyCredential({ credential: W3cV2JwtVerifiableCredential.fromCompact(jwt) });
  if (!result.isValid) throw result.error ?? new Error(JSON.stringify(result.validations));
  return true;
}

/** `dc+sd-jwt`, with its key binding where an audience and a nonce are given. */
export async function verifySdJwt({ sdJwt, dids, aud, nonce }) {
  const { sdJwtVc } = await ready(dids);
  const result = await sdJwtVc.verify({ compactSdJwtVc: sdJwt, keyBinding: nonce ? { audience: aud, nonce } : undefined });
  if (!result.isValid) throw result.error ?? new Error(JSON.stringify(result.verification));
  return result.sdJwtVc.prettyClaims;
}
