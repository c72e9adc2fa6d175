const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const dateTime = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** A moment in the reader's own time zone. */
export const formatDateTime = (time: string): string => dateTime.format(new Date(time));

const clockTime = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

export const formatTime = (time: string): string => clockTime.format(new Date(time));

export const formatDate = (time: string): string => date.format(new Date(time));

/** "3 hours ago", "in 2 days": as coarse as people say it. */
export function formatRelative(time: string, nowMs: number): string {
  const awayMs = new Date(time).getTime() - nowMs;
  const sizeMs = Math.abs(awayMs);
  if (sizeMs < minuteMs) return awayMs > 0 ? 'in less than a minute' : 'just now';
  if (sizeMs < hourMs) return relative.format(Math.trunc(awayMs / minuteMs), 'minute');
  if (sizeMs < dayMs) return relative.format(Math.trunc(awayMs / hourMs), 'hour');
  return relative.format(Math.trunc(awayMs / dayMs), 'day');
}

/** The value of a datetime-local field, in the reader's time zone. */
export function toLocalInput(moment: Date): string {
  const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * minuteMs);
  return shifted.toISOString().slice(0, 16);
}

export const today = (now: Date): string => toLocalInput(now).slice(0, 10);

/** Whole days later, at the next full hour. */
export function inDays(days: number, now: Date): Date {
  const later = new Date(now.getTime() + days * dayMs);
  later.setMinutes(60, 0, 0);
  return later;
}
