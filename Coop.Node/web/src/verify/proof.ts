// C2SP tlog-proof v1: header, an optional extra line, the index, the audit path, a blank line and
// the checkpoint as a signed note.
import { fromBase64 } from './bytes';
import { parseCheckpoint, parseDecimal, type Checkpoint } from './checkpoint';
import { hashSizeBytes } from './merkle';

const header = 'c2sp.org/tlog-proof@v1';
const extraPrefix = 'extra ';
const indexPrefix = 'index ';
/** A tree of 2^63 leaves has no longer path. */
const longestPath = 63;

export interface TlogProof {
  /** The entry's position, from 0. */
  readonly index: number;
  readonly path: readonly Uint8Array[];
  readonly checkpoint: Checkpoint;
}

export function parseProof(text: string): TlogProof | null {
  const split = text.indexOf('\n\n');
  if (split < 0) return null;
  const lines = text.slice(0, split).split('\n');
  if (lines.shift() !== header) return null;
  if (lines[0]?.startsWith(extraPrefix)) {
    if (!fromBase64(lines.shift()!.slice(extraPrefix.length))) return null;
  }
  const index = parseIndex(lines.shift());
  const path = parsePath(lines);
  const checkpoint = parseCheckpoint(text.slice(split + 2));
  return index === null || !path || !checkpoint ? null : { index, path, checkpoint };
}

function parseIndex(line: string | undefined): number | null {
  return line?.startsWith(indexPrefix) ? parseDecimal(line.slice(indexPrefix.length)) : null;
}

function parsePath(lines: string[]): Uint8Array[] | null {
  const hashes = lines.map(fromBase64).filter((hash) => hash?.length === hashSizeBytes);
  const path = hashes.filter((hash) => hash !== null);
  return path.length === lines.length && path.length <= longestPath ? path : null;
}
