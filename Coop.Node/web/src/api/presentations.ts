import { get, post } from './http';

/** Part of DCQL (OpenID4VP 1.0, section 6): what this wallet answers. */
export interface CredentialQuery {
  readonly id: string;
  readonly format: string;
  readonly meta?: { readonly vct_values?: readonly string[] };
  readonly claims?: readonly { readonly id?: string; readonly path: readonly unknown[] }[];
  readonly claim_sets?: readonly (readonly string[])[];
}

/** Who asks for what; that the verifier is who it says was checked by the node. */
export interface OpenedRequest {
  readonly ask: string;
  readonly verifier: string;
  /** What it calls itself. */
  readonly name: string;
  readonly address: string;
  readonly clientId: string;
  readonly nonce: string;
  readonly query: { readonly credentials?: readonly CredentialQuery[] };
}

export interface SentPresentation {
  readonly id: string;
  readonly verifier: string;
  readonly name: string;
  readonly address: string;
  readonly disclosed: readonly string[];
  readonly presentedAt: string;
  readonly accepted?: boolean | null;
}

export const open = (link: string): Promise<OpenedRequest> =>
  post('/api/me/presentations/requests', { link });

export const send = (
  ask: string,
  vpToken: object,
  disclosed: readonly string[],
): Promise<{ accepted: boolean }> => post('/api/me/presentations', { ask, vpToken, disclosed });

export const sent = async (): Promise<readonly SentPresentation[]> =>
  (await get<{ items: readonly SentPresentation[] }>('/api/me/presentations')).items;
