import { get, getText, post, query, type Page } from './http';

export interface LogEvent {
  readonly id: string;
  /** Its position in the log; null until the log has taken it. */
  readonly seq: number | null;
  readonly type: string;
  readonly actor: string;
  readonly time: string;
  readonly subject: string;
  readonly visibility: 'private' | 'members' | 'public';
  readonly mine: boolean;
}

export interface LogEventDetail {
  readonly id: string;
  readonly seq: number | null;
  /** The exact entry, once it has a position. */
  readonly entry?: string | null;
  readonly payload?: unknown;
  readonly salt?: string | null;
  /** That the payload was erased; null while it is there. */
  readonly erased?: Erased | null;
  readonly isErasable?: boolean;
}

export interface Erased {
  readonly at: string;
  /** The event that says so. */
  readonly eventId: string;
  readonly reason: string;
  readonly peers: readonly { readonly did: string; readonly name: string; readonly state: string }[];
}

export interface NodeDescription {
  readonly version: string;
  readonly name: string;
  readonly did: string;
  readonly log: { readonly origin: string; readonly prefix: string; readonly vkey: string };
}

/** How far the log is signed, and who stands beside that. */
export interface LogCheckpoint {
  readonly origin: string;
  readonly newest: SignedState;
  /** The newest state that has its quorum; null where none has. */
  readonly witnessed?: SignedState | null;
  /** 0 where no cosignature is asked for. */
  readonly leastCosignatures: number;
  readonly witnesses: readonly Witness[];
}

export interface SignedState {
  readonly size: number;
  readonly root: string;
  readonly hasQuorum: boolean;
  readonly cosignatures: readonly { readonly witness: string; readonly time: string }[];
}

export interface Witness {
  readonly name: string;
  readonly vkey: string;
  readonly url?: string | null;
}

export const events = (mine: boolean, cursor?: string | null): Promise<Page<LogEvent>> =>
  get(`/api/log/events${query({ mine, cursor })}`);

export const findEvent = (id: string): Promise<LogEventDetail> => get(`/api/log/events/${id}`);

export const receipt = (id: string): Promise<string> => getText(`/log/events/${id}/receipt`);

export const erase = (id: string, reason: string): Promise<unknown> => post(`/api/log/events/${id}/erasure`, { reason });

export const checkpoint = (): Promise<LogCheckpoint> => get('/api/log/checkpoint');

/** Whose cosignatures the log asks for: C2SP tlog-policy. */
export const policy = (): Promise<string> => getText('/log/policy');

export const describeNode = (): Promise<NodeDescription> => get('/.well-known/coop-node');
