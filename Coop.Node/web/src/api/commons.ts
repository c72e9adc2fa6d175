import type { Peer } from './claims';
import { get, post, query, remove, type Page } from './http';

export interface CommonsItem {
  readonly id: string;
  readonly eventId: string;
  readonly kind: 'event' | 'dataset';
  readonly title: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** DIDs; null for every peer that may read what is shared. */
  readonly audience?: readonly string[] | null;
  readonly sharedAt: string;
}

export interface Commons {
  readonly items: readonly CommonsItem[];
  readonly readers: readonly Peer[];
  readonly sources: readonly Peer[];
}

/** What a peer says that it shares. */
export interface SharedItem {
  readonly eventId: string;
  readonly kind: 'event' | 'dataset';
  readonly title: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sharedAt: string;
}

export interface Copy {
  readonly id: string;
  readonly peerDid: string;
  readonly peerName: string;
  readonly eventId: string;
  readonly title: string;
  readonly mediaType: string;
  readonly fetchedAt?: string | null;
  readonly erasedAt?: string | null;
  readonly erasedEventId?: string | null;
}

export const list = (): Promise<Commons> => get('/api/commons');

export const shareDataset = (dataset: {
  title: string;
  mediaType: string;
  content: string;
  audience?: readonly string[];
}): Promise<CommonsItem> => post('/api/commons/datasets', dataset);

export const shareEvent = (event: { eventId: string; title?: string }): Promise<CommonsItem> =>
  post('/api/commons/events', event);

export const withdraw = (id: string): Promise<unknown> => remove(`/api/commons/${id}`);

export const sharedBy = async (peer: string): Promise<readonly SharedItem[]> =>
  (await get<{ items: readonly SharedItem[] }>(`/api/commons/shared-with-us${query({ peer })}`)).items;

export const fetchCopy = (peer: string, eventId: string): Promise<Copy> => post('/api/commons/copies', { peer, eventId });

export const copies = (cursor?: string | null): Promise<Page<Copy>> => get(`/api/commons/copies${query({ limit: 200, cursor })}`);

export const readCopy = (id: string): Promise<{ copy: Copy; payload?: Record<string, unknown> | null }> =>
  get(`/api/commons/copies/${id}`);
