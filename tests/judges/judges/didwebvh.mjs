import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import {
  createDID, deactivateDID, deriveNextKeyHash, multibaseEncode, MultibaseEncoding, prepareDataForSigning, resolveDIDFromLog,
  signWitnessProofEntries, updateDID,
} from 'didwebvh-ts';

const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const ed25519Multicodec = [0xed, 0x01];

/** A key pair from 32 equal bytes, as the package wants signers. */
function keyPair(number) {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, Buffer.alloc(32, number)]), format: 'der', type: 'pkcs8' });
  const raw = Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x, 'base64url');
  const multikey = multibaseEncode(Uint8Array.from([...ed25519Multicodec, ...raw]), MultibaseEncoding.BASE58_BTC);
  return {
    multikey,
    did: `did:key:${multikey}`,
    getVerificationMethodId: () => `did:key:${multikey}#${multikey}`,
    async sign({ document, proof }) {
      const signature = sign(null, await prepareDataForSigning(document, proof), key);
      return { proofValue: multibaseEncode(signature, MultibaseEncoding.BASE58_BTC) };
    },
  };
}

const verifier = {
  async verify(signature, message, publicKey) {
    const x = Buffer.from(publicKey).toString('base64url');
    return verify(null, message, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), signature);
  },
};

const lines = (log) => log.trimEnd().split('\n').map((line) => JSON.parse(line));
const text = (log) => log.map((entry) => JSON.stringify(entry) + '\n').join('');

/** The document of a history, with the version that is asked for; refuses what does not hold. */
export async function resolve({ log, witnesses, did, versionNumber, versionId, versionTime }) {
  const { doc, meta } = await resolveDIDFromLog(lines(log), {
    verifier, requestedDid: did, witnessProofs: witnesses ?? [],
    ...(versionNumber && { versionNumber }), ...(versionId && { versionId }), ...(versionTime && { versionTime: new Date(versionTime) }),
  });
  if (meta.error) throw new Error(meta.problemDetails?.detail ?? meta.error);
  return { doc, versionId: meta.versionId, deactivated: meta.deactivated };
}

/** A history of the package's own making: the steps say how it goes on. */
export async function produce({ domain, steps }) {
  let log;
  let time = Date.UTC(2026, 2, 1, 12);
  const witnessFile = [];
  let approvedBy = [];
  for (const step of steps) {
    const options = {
      signer: keyPair(step.key), verifier, witnessProofs: witnessFile,
      ...(step.updateKeys && { updateKeys: step.updateKeys.map((k) => keyPair(k).multikey) }),
      ...(step.next && { nextKeyHashes: await Promise.all(step.next.map((k) => deriveNextKeyHash(keyPair(k).multikey))) }),
      ...(step.witness && {
        witness: { threshold: step.threshold, witnesses: step.witness.map((k) => ({ id: keyPair(k).did })) },
      }),
      ...(step.portable && { portable: true }),
      ...(step.domain && { domain: step.domain }),
      ...(step.method && { verificationMethods: [{ type: 'Multikey', publicKeyMultibase: keyPair(step.method).multikey, purpose: 'assertionMethod' }] }),
    };
    const at = new Date(time).toISOString();
    time += 60_000;
    if (step.deactivate) ({ log } = await deactivateDID({ ...options, log }));
    else if (log) ({ log } = await updateDID({ ...options, log, updated: at }));
    else ({ log } = await createDID({ ...options, domain, created: at }));

    approvedBy = step.approvedBy ?? approvedBy;
    if (approvedBy.length) {
      const keys = approvedBy.map(keyPair);
      witnessFile.push(...await signWitnessProofEntries(
        [log.at(-1).versionId], keys.map((k) => ({ id: k.did })), Object.fromEntries(keys.map((k) => [k.did, k]))));
    }
  }

  return { log: text(log), witnesses: witnessFile, did: log.at(-1).state.id };
}
