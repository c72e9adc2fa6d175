import { get, getText } from './http';

/** The proof that a log signed two histories. */
export interface FoundEvidence {
  /** SHA-256 of its canonical form, in hex. */
  readonly id: string;
  /** The log that signed both. */
  readonly origin: string;
  readonly foundAt: string;
  /** `own`, or the DID of the co-op that brought it. */
  readonly source: string;
  readonly eventId: string;
}

/** The newest first. */
export const list = async (): Promise<readonly FoundEvidence[]> =>
  (await get<{ evidence: readonly FoundEvidence[] }>('/federation/evidence')).evidence;

/** The file as the verb `verify` takes it. */
export const file = (id: string): Promise<string> => getText(`/federation/evidence/${id}`);
