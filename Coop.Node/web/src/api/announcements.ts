import { get, post, put, query, type Page } from './http';

export interface Announcement {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly author: { readonly id: string; readonly name: string };
  readonly publishedAt: string;
  readonly readAt?: string | null;
}

export interface AnnouncementPage extends Page<Announcement> {
  readonly unreadCount: number;
}

export const list = (cursor?: string | null): Promise<AnnouncementPage> =>
  get(`/api/announcements${query({ cursor })}`);

export const publish = (text: { title: string; body: string }): Promise<{ id: string }> =>
  post('/api/announcements', text);

export const markRead = (id: string): Promise<{ readAt: string }> =>
  put(`/api/announcements/${id}/read`);
