import { sha256, toHex, utf8 } from '../verify/bytes';
import { get, getText, post, query, remove } from './http';
import { Problem } from './problem';

export type Scope = 'replicate' | 'witness' | 'claims' | 'visiting-members' | 'trade';
export type PeeringState = 'proposed' | 'accepted' | 'active' | 'suspended' | 'frozen' | 'ended';
export type Side = 'us' | 'them';
export type Hold = 'none' | 'suspended' | 'frozen';
export type DnsWord = 'confirmed' | 'named' | 'absent' | 'contradicted';
export type StepTaken =
  | 'proposed' | 'accepted' | 'activated' | 'declined' | 'suspended' | 'resumed' | 'frozen' | 'ended';

/** Another co-op's node, as signed terms describe it. */
export interface Who {
  readonly did: string;
  readonly name: string;
  readonly address: string;
  readonly logOrigin: string;
  readonly logVkey: string;
  readonly witnessVkey: string;
}

export interface TradeLimit {
  readonly unit: string;
  readonly maxCreditMinor: bigint;
}

/** What one side lets the other do. */
export interface Grant {
  readonly scopes: readonly Scope[];
  readonly requestsPerMinute: number;
  readonly retentionDays: number;
  readonly witnessWithinSeconds: number;
  readonly trade: readonly TradeLimit[];
}

export interface Terms {
  readonly termsHash: string;
  readonly version: number;
  readonly ours: Grant;
  readonly theirs: Grant;
}

export interface Peering {
  readonly id: string;
  readonly peer: Who;
  readonly state: PeeringState;
  readonly since: string;
  readonly createdAt: string;
  /** Signed by both; null before there are any. */
  readonly inForce?: Terms | null;
  /** Proposed, and not yet answered. */
  readonly onTable?: Terms | null;
  readonly proposedBy?: Side | null;
  /** Whether this co-op is asked to accept. */
  readonly awaitsUs: boolean;
  readonly ourHold: Hold;
  readonly theirHold: Hold;
  /** The same on both sides; to be compared over another way. */
  readonly fingerprint: string;
  /** Why the last step could not be delivered yet. */
  readonly trouble?: string | null;
}

export interface Step {
  readonly side: Side;
  readonly number: number;
  readonly stepTaken: StepTaken;
  readonly termsHash?: string | null;
  readonly reason?: string | null;
  readonly actor: string;
  readonly at: string;
  readonly eventId: string;
  readonly deliveredAt?: string | null;
}

/** After proof of two: to follow the one that is served now, or to keep our copy and refuse the other. */
export type HistoryChoice = 'served' | 'kept';

/** That the peer's log signed two histories. */
export interface ProofAgainst {
  readonly id: string;
  readonly foundAt: string;
  readonly source: string;
  readonly eventId: string;
  /** What people decided when they resumed; null where they have not. */
  readonly choice?: HistoryChoice | null;
}

export interface PeeringDetail {
  readonly peering: Peering;
  readonly terms: object;
  readonly steps: readonly Step[];
  /** The latest first. */
  readonly proofs: readonly ProofAgainst[];
}

/** Who is at an address or behind a DID, before anything is signed. */
export interface Preview {
  readonly peer: Who;
  readonly fingerprint: string;
  /** What the DID's domain says; null where it did not answer. */
  readonly dns?: DnsWord | null;
  readonly didVersion: string;
  readonly peeringId?: string | null;
  readonly isBlocked: boolean;
}

/** How far our copy of a peer's log goes. */
export interface Mirror {
  readonly id: string;
  readonly peeringId: string;
  readonly isFollowed: boolean;
  readonly size: number;
  readonly behind: number;
  readonly lastAnswer?: string | null;
  readonly fault?: string | null;
  readonly faultDetail?: string | null;
  readonly faultAt?: string | null;
}

export interface Block {
  readonly did: string;
  readonly blockedAt: string;
  readonly eventId: string;
}

export const list = async (): Promise<readonly Peering[]> =>
  (await get<{ items: readonly Peering[] }>('/api/peers')).items;

export const find = (id: string): Promise<PeeringDetail> => get(`/api/peers/${id}`);

/** @param peer The address of a node, or its DID. */
export const preview = (peer: string): Promise<Preview> => post('/api/peers/preview', { peer });

/** @param fingerprint What people compared; the node refuses where it is another by now. */
export const propose = (peer: string, ours: Grant, theirs: Grant, fingerprint: string): Promise<Peering> =>
  post('/api/peers', { peer, ours, theirs, fingerprint });

export const proposeOther = (id: string, ours: Grant, theirs: Grant): Promise<Peering> =>
  post(`/api/peers/${id}/terms`, { ours, theirs });

export const accept = (id: string, termsHash: string): Promise<Peering> =>
  post(`/api/peers/${id}/accept`, { termsHash });

/** Says no to other terms than those in force, or takes our own back. */
export const decline = (id: string, termsHash: string): Promise<Peering> =>
  post(`/api/peers/${id}/decline`, { termsHash });

export const suspend = (id: string, reason: string): Promise<Peering> =>
  post(`/api/peers/${id}/suspend`, said(reason));

/** @param history Which of two histories counts from now on; where our side has frozen it, and only there. */
export const resume = (id: string, reason: string, history?: HistoryChoice): Promise<Peering> =>
  post(`/api/peers/${id}/resume`, { ...said(reason), ...(history && { history }) });

/** Ends a peering for good, or says no to a first proposal. */
export const end = (id: string, reason: string, block: boolean): Promise<Peering> =>
  post(`/api/peers/${id}/end`, { ...said(reason), block });

export const blocks = async (): Promise<readonly Block[]> =>
  (await get<{ items: readonly Block[] }>('/api/peer-blocks')).items;

export const block = (did: string): Promise<Block> => post('/api/peer-blocks', { did });

export const unblock = (did: string): Promise<unknown> => remove(`/api/peer-blocks${query({ did })}`);

export const mirrors = async (): Promise<readonly Mirror[]> =>
  (await get<{ items: readonly Mirror[] }>('/api/mirrors')).items;

/** The checkpoint of another log that this node cosigned last, as its log signed it; null where there is none. */
export async function lastCosigned(logOrigin: string): Promise<string | null> {
  try {
    return await getText(`/witness/${toHex(await sha256(utf8(logOrigin)))}/checkpoint`);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

const said = (reason: string): { reason?: string } => (reason.trim() ? { reason: reason.trim() } : {});
