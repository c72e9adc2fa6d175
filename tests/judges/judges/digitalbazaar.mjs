import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { createSignCryptosuite, createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import jsigs from 'jsonld-signatures';
import { methodOf } from './resolving.mjs';

const verifying = () => new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() });

/** What a document names is looked for among what was handed over, and among the contexts that the package has. */
const loaderOf = ({ dids, documents }) => async (url) => {
  const document = documents?.[url] ?? (url.includes('#') ? method(dids, url) : dids?.[url]);
  return document ? { contextUrl: null, documentUrl: url, document } : vc.defaultDocumentLoader(url);
};

const method = (dids, url) => {
  const found = methodOf(dids, url);
  return found && { '@context': 'https://w3id.org/security/multikey/v1', ...found, id: url };
};

// A status list that says "revoked" is a result of its own there.
function check({ verified, error, ...result }) {
  if (!verified) throw error ?? new Error(JSON.stringify(result));
  if (result.statusResult?.results?.some(({ status }) => status)) throw new Error('The status is set.');
  return true;
}

/** VCDM 2.0 (or 1.1) with an `eddsa-jcs-2022` proof; its status too, where the list is handed over. */
export async function verify({ credential, dids, documents, now }) {
  const documentLoader = loaderOf({ dids, documents });
  return check(
    await vc.verifyCredential({
      credential,
      suite: verifying(),
      documentLoader,
      now,
      checkStatus: (options) =>
        checkStatus({ ...options, documentLoader, suite: verifying(), verifyMatchingIssuers: true }),
    }),
  );
}

export async function verifyVp({ presentation, dids, documents, challenge, domain }) {
  const documentLoader = loaderOf({ dids, documents });
  return check(
    await vc.verify({
      presentation,
      challenge,
      domain,
      suite: verifying(),
      documentLoader,
      checkStatus: (options) =>
        checkStatus({ ...options, documentLoader, suite: verifying(), verifyMatchingIssuers: true }),
    }),
  );
}

/** @param document A credential without proof. */
export async function issue({ document, key }) {
  const pair = await Ed25519Multikey.from(key);
  const suite = new DataIntegrityProof({ signer: pair.signer(), cryptosuite: createSignCryptosuite() });
  return vc.issue({ credential: document, suite, documentLoader: loaderOf({}) });
}

/** Proof over any document, for purposes other than credentials. */
export async function sign({ document, key }) {
  const pair = await Ed25519Multikey.from(key);
  const suite = new DataIntegrityProof({ signer: pair.signer(), cryptosuite: createSignCryptosuite() });
  return jsigs.sign(document, { suite, purpose: new jsigs.purposes.AssertionProofPurpose(), documentLoader: loaderOf({}) });
}

/** A new key pair with a did:key, and its DID document. */
export async function generateKey() {
  const pair = await Ed25519Multikey.generate();
  const { publicKeyMultibase } = pair;
  const did = `did:key:${publicKeyMultibase}`;
  const id = `${did}#${publicKeyMultibase}`;
  Object.assign(pair, { id, controller: did });
  const key = await pair.export({ publicKey: true, secretKey: true, includeContext: true });
  const verificationMethod = [{ id, type: 'Multikey', controller: did, publicKeyMultibase }];
  const document = {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod,
    assertionMethod: [id],
    authentication: [id],
  };
  return { key, did, document };
}
