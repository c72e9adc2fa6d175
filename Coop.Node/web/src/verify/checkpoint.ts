// C2SP tlog-checkpoint v1.0.0: a signed note of "origin\nsize\nbase64(root)\n".
import { fromBase64 } from './bytes';
import { hashSizeBytes } from './merkle';
import { parseNote, type SignedNote } from './note';

export interface Checkpoint {
  readonly origin: string;
  /** Number of entries. */
  readonly size: number;
  /** RFC 6962 root, 32 bytes. */
  readonly root: Uint8Array;
  readonly note: SignedNote;
}

export function parseCheckpoint(text: string): Checkpoint | null {
  const note = parseNote(text);
  const [origin, sizeText, rootText, ...rest] = note?.text.split('\n') ?? [];
  const size = parseDecimal(sizeText ?? '');
  const root = fromBase64(rootText ?? '');
  if (!note || !origin || size === null || root?.length !== hashSizeBytes) return null;
  // Only the last part, behind the final newline, is empty; extension lines in between never are.
  return rest.indexOf('') === rest.length - 1 && rest.length > 0 ? { origin, size, root, note } : null;
}

/** A non-negative decimal without leading zeroes that a number holds exactly. */
export function parseDecimal(text: string): number | null {
  if (!/^(0|[1-9][0-9]*)$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}
