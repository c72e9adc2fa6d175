import type { Credential } from '../api/credentials';
import type { CredentialQuery, OpenedRequest } from '../api/presentations';

export const sdJwtFormat = 'dc+sd-jwt';

/** A credential of the member's that answers a request, and what it would show. */
export interface Match {
  readonly queryId: string;
  readonly credential: Credential;
  /** Without these the request is not answered. */
  readonly required: readonly string[];
  /** Asked for; the member may say no. */
  readonly optional: readonly string[];
}

const vctOf = (credential: Credential): string => `urn:coop:credential:${credential.type}:1`;

/** The first valid credential that fits a query which this wallet can answer; null where none does. */
export function findMatch(
  { query }: Pick<OpenedRequest, 'query'>,
  credentials: readonly Credential[],
): Match | null {
  for (const asked of query.credentials ?? []) {
    const credential = credentials.find((item) => fits(item, asked));
    if (credential) return { queryId: asked.id, credential, ...claimsOf(asked) };
  }
  return null;
}

const fits = (credential: Credential, asked: CredentialQuery): boolean =>
  asked.format === sdJwtFormat &&
  credential.state === 'valid' &&
  credential.formats.includes(sdJwtFormat) &&
  (asked.meta?.vct_values ?? []).includes(vctOf(credential));

/** Of the sets of claims that would do, the smallest; the rest of the preferred one is optional. */
function claimsOf({ claims = [], claim_sets: sets }: CredentialQuery): Pick<Match, 'required' | 'optional'> {
  const names = new Map(claims.map(({ id, path }) => [id ?? String(path[0]), String(path[0])]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  const [preferred = [...names.keys()]] = sets ?? [];
  const smallest = (sets ?? []).reduce((best, set) => (set.length < best.length ? set : best), preferred);
  return {
    required: smallest.map(nameOf),
    optional: preferred.filter((id) => !smallest.includes(id)).map(nameOf),
  };
}
