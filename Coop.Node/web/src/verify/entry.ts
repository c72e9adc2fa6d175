/** The fields of a log entry, specs/log.md; what the browser's checks do not need is not read. */
export interface Entry {
  readonly origin: string;
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly actor: string;
  readonly time: string;
  readonly subject: string;
  readonly payloadHash: string;
  readonly visibility: string;
}

/** Null unless the text is canonical JSON (RFC 8785) with the fields of an entry. */
export function parseEntry(text: string): Entry | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isEntry(value) && canonical(value) === text ? value : null;
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  const texts = ['origin', 'id', 'type', 'actor', 'time', 'subject', 'payloadHash', 'visibility'];
  return texts.every((name) => typeof fields[name] === 'string') && Number.isSafeInteger(fields['seq']);
}

/**
 * RFC 8785: members sorted by UTF-16 code units, which is how JavaScript sorts, and values as
 * JSON.stringify writes them.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = value as Record<string, unknown>;
  const members = Object.keys(fields)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(fields[name])}`);
  return `{${members.join(',')}}`;
}
