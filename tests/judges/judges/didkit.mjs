import didkit from '@spruceid/didkit-wasm-node';

const check = (result) => {
  const report = JSON.parse(result);
  if (report.errors.length > 0) throw new Error(report.errors.join('; '));
  return report;
};

/** VCDM 1.1 as a JWT, of an issuer with a did:key. */
export const verify = async ({ jwt }) => check(await didkit.verifyCredential(jwt, JSON.stringify({ proofFormat: 'jwt' })));

export const verifyVp = async ({ jwt, challenge, domain }) =>
  check(await didkit.verifyPresentation(jwt, JSON.stringify({ proofFormat: 'jwt', challenge, domain })));

export async function issue({ credential, jwk }) {
  const key = JSON.stringify(jwk);
  const did = didkit.keyToDID('key', key);
  const verificationMethod = await didkit.keyToVerificationMethod('key', key);
  const options = JSON.stringify({ proofFormat: 'jwt', verificationMethod });
  return didkit.issueCredential(JSON.stringify({ ...credential, issuer: did }), options, key);
}

export const generateKey = () => JSON.parse(didkit.generateEd25519Key());

export const didOf = ({ jwk }) => didkit.keyToDID('key', JSON.stringify(jwk));
