import { describe, expect, it } from 'vitest';
import type { ShareNotice } from '../src/api/shares';
import { freeShares, isDue, parseShares } from '../src/lib/shares';

const notice = (given: Partial<ShareNotice>): ShareNotice => ({
  id: 'n', memberId: 'm', class: 'SHARE', shares: 1, givenAt: '', dueOn: '2026-02-01', state: 'open', journalId: null, ...given,
});

describe('shares', () => {
  it('are free where no open notice of their class binds them', () => {
    const notices = [notice({ shares: 2 }), notice({ shares: 3, state: 'withdrawn' }), notice({ shares: 4, class: 'OTHER' })];
    expect(freeShares({ class: 'SHARE', shares: 10 }, notices)).toBe(8);
  });

  it.each([['5', 5], [' 12 ', 12], ['0', null], ['-1', null], ['1.5', null], ['', null], ['x', null]])('reads %j as %s', (text, count) => {
    expect(parseShares(text)).toBe(count);
  });

  it('are paid back from the due day on', () => {
    expect(isDue(notice({}), '2026-01-31')).toBe(false);
    expect(isDue(notice({}), '2026-02-01')).toBe(true);
  });
});
