// How fast the packages of others do the same work, on one core of this machine:
//   node bench.mjs SECONDS
// prints one JSON object a line: {"name": …, "value": actions a second}.
import * as bitstring from './judges/bitstring.mjs';
import * as canonicalize from './judges/canonicalize.mjs';
import * as credo from './judges/credo.mjs';
import * as didkit from './judges/didkit.mjs';
import * as digitalbazaar from './judges/digitalbazaar.mjs';
import * as jose from './judges/jose.mjs';

console.log = console.info = console.debug = console.error;
const seconds = Number(process.argv[2] ?? 2);

async function rate(action) {
  const until = (ms) => performance.now() + ms;
  for (const end = until(seconds * 300); performance.now() < end; ) await action();
  const started = performance.now();
  let count = 0;
  for (const end = until(seconds * 1000); performance.now() < end; count++) await action();
  return (count * 1000) / (performance.now() - started);
}

async function report(name, action) {
  process.stdout.write(JSON.stringify({ name, value: await rate(action) }) + '\n');
}

const subject = { id: 'did:key:z6MkoTHsgNNrby8JzCNQ1iRLyW5QQ6R8Xuu6AA8igGrMVPUM', memberSince: '2021-03-01' };
const vcdm2 = (issuer) => ({
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  id: 'urn:uuid:0198f3a0-0000-7000-8000-000000000001',
  type: ['VerifiableCredential'],
  issuer,
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: subject,
});

const { key, did, document } = await digitalbazaar.generateKey();
const dids = { [did]: document };
const proved = await digitalbazaar.issue({ document: vcdm2(did), key });
await report('Digital Bazaar: issue eddsa-jcs-2022', () => digitalbazaar.issue({ document: vcdm2(did), key }));
await report('Digital Bazaar: verify eddsa-jcs-2022', () => digitalbazaar.verify({ credential: proved, dids }));

const jwk = didkit.generateKey();
const vcdm1 = {
  '@context': ['https://www.w3.org/2018/credentials/v1'],
  type: ['VerifiableCredential'],
  issuanceDate: '2026-01-01T00:00:00Z',
  credentialSubject: subject,
};
const jwt11 = await didkit.issue({ credential: vcdm1, jwk });
await report('DIDKit: issue VCDM 1.1 JWT', () => didkit.issue({ credential: vcdm1, jwk }));
await report('DIDKit: verify VCDM 1.1 JWT', () => didkit.verify({ jwt: jwt11 }));

const issuer = didkit.didOf({ jwk });
const kid = `${issuer}#${issuer.split(':')[2]}`;
const { kty, crv, x } = jwk;
const jwkDocument = {
  '@context': ['https://www.w3.org/ns/did/v1'],
  id: issuer,
  verificationMethod: [{ id: kid, type: 'JsonWebKey2020', controller: issuer, publicKeyJwk: { kty, crv, x } }],
  assertionMethod: [kid],
};
const vcJwt = await jose.sign({ header: { alg: 'EdDSA', kid, typ: 'vc+jwt' }, payload: vcdm2(issuer), jwk });
await report('Credo: verify vc+jwt', () => credo.verifyVcJwt({ jwt: vcJwt, dids: { [issuer]: jwkDocument } }));

const small = JSON.stringify({ type: 'vote.cast', actor: 'member:q83vEjRWeJCrze8SNFZ4kA', seq: 4711, choice: 'yes' });
await report('canonicalize: RFC 8785, small documents', () => canonicalize.canonical({ json: small }));

const set = Array.from({ length: 1000 }, (_, i) => i * 997);
await report('Digital Bazaar: status list of 1,000,000 entries', () => bitstring.encode({ length: 1_000_000, set }));
process.exit(0);
