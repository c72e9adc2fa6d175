import { get, post, put, query, type Page } from './http';

export type Choice = 'yes' | 'no' | 'abstain';
export type ProposalStatus = 'draft' | 'open' | 'closed' | 'withdrawn';

export interface Result {
  readonly yes: number;
  readonly no: number;
  readonly abstain: number;
}

export interface Proposal {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly status: ProposalStatus;
  readonly createdBy: { readonly id: string; readonly name: string };
  readonly createdAt: string;
  readonly openedAt?: string | null;
  readonly closesAt?: string | null;
  readonly closedAt?: string | null;
  readonly myVote?: Choice | null;
  /** Only after the close. */
  readonly result?: Result | null;
  /** How many members may, or might, vote. */
  readonly eligible?: number | null;
}

export interface ProposalText {
  readonly title: string;
  readonly body: string;
}

export interface Vote {
  readonly choice: Choice;
  readonly castAt: string;
  readonly eventId: string;
}

export const list = (status: ProposalStatus, cursor?: string | null): Promise<Page<Proposal>> =>
  get(`/api/proposals${query({ status, cursor })}`);

export const listAll = (): Promise<Page<Proposal>> => get(`/api/proposals${query({ limit: 200 })}`);

export const find = (id: string): Promise<Proposal> => get(`/api/proposals/${id}`);

export const draft = (text: ProposalText): Promise<{ id: string }> => post('/api/proposals', text);

export const edit = (id: string, text: ProposalText): Promise<unknown> =>
  put(`/api/proposals/${id}`, text);

export const open = (id: string, closesAt: string): Promise<unknown> =>
  post(`/api/proposals/${id}/open`, { closesAt });

export const withdraw = (id: string): Promise<unknown> => post(`/api/proposals/${id}/withdraw`);

export const vote = (id: string, choice: Choice): Promise<Vote> =>
  put(`/api/proposals/${id}/vote`, { choice });
