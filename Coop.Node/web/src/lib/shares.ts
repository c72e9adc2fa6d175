import type { Holding, ShareNotice } from '../api/shares';

/** How many of the shares are free: not bound by a notice. */
export function freeShares(holding: Pick<Holding, 'class' | 'shares'>, notices: readonly ShareNotice[]): number {
  const bound = notices.filter((notice) => notice.class === holding.class && notice.state === 'open');
  return bound.reduce((free, notice) => free - notice.shares, holding.shares);
}

/** Reads a number of shares; null where it is none from 1 on. */
export function parseShares(text: string): number | null {
  const count = /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : 0;
  return count > 0 ? count : null;
}

export const isDue = ({ dueOn }: Pick<ShareNotice, 'dueOn'>, today: string): boolean => dueOn <= today;
