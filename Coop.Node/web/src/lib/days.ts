// Days as the books have them, yyyy-MM-dd: no time of day, and no time zone.

/** The first day of the year that a day is in. */
export const yearBegins = (of: string): string => `${of.slice(0, 4)}-01-01`;

/** The first day of the month that a day is in. */
export const monthBegins = (of: string): string => `${of.slice(0, 7)}-01`;

export const dayBefore = (of: string): string => moved(of, -1);

export const dayAfter = (of: string): string => moved(of, 1);

function moved(of: string, days: number): string {
  const date = new Date(`${of}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

const words = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A day in words, the same one wherever its reader is. */
export const formatDay = (of: string): string => words.format(new Date(`${of}T00:00:00Z`));
