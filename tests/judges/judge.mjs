// Other people's implementations, asked by the tests. One question a line on standard input:
//   {"judge": "jose", "ask": "verify", "with": {…}}
// and one answer a line on standard output: {"answer": …}, or {"refused": "why"}.
import { createInterface } from 'node:readline';

const judges = {
  bitstring: () => import('./judges/bitstring.mjs'),
  canonicalize: () => import('./judges/canonicalize.mjs'),
  credo: () => import('./judges/credo.mjs'),
  didJwtVc: () => import('./judges/did-jwt-vc.mjs'),
  didkit: () => import('./judges/didkit.mjs'),
  didwebvh: () => import('./judges/didwebvh.mjs'),
  digitalbazaar: () => import('./judges/digitalbazaar.mjs'),
  jose: () => import('./judges/jose.mjs'),
  sdJwt: () => import('./judges/sd-jwt.mjs'),
};

// What the libraries print is theirs; standard output belongs to the answers.
console.log = console.info = console.debug = console.error;

async function answer(line) {
  const { judge, ask, with: given } = JSON.parse(line);
  const module = await judges[judge]();
  try {
    return { answer: (await module[ask](given)) ?? null };
  } catch (error) {
    return { refused: describe(error) };
  }
}

function describe(error) {
  if (!(error instanceof Error)) return String(error);
  const inner = [error.cause, ...(error.errors ?? [])].filter((e) => e instanceof Error).map(describe);
  return [error.message, ...inner].join(': ') || error.name;
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await answer(line)) + '\n');
}
