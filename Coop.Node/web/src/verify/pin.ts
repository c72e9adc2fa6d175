// Trust on first use: a browser that has once seen the log's key notices when it is shown another.

export interface PinnedKey {
  /** The key that the checks use: the remembered one, also when the node now shows another. */
  readonly vkey: string;
  readonly state: 'first' | 'same' | 'changed';
}

/** The part of localStorage that a pin needs. */
export type KeyMemory = Pick<Storage, 'getItem' | 'setItem'>;

const slot = (origin: string): string => `coop.log-key.${origin}`;

/** Compares the shown key with the remembered one and remembers the first. */
export function pinKey(memory: KeyMemory, site: string, shown: string): PinnedKey {
  const known = memory.getItem(slot(site));
  if (known === null) {
    memory.setItem(slot(site), shown);
    return { vkey: shown, state: 'first' };
  }
  return { vkey: known, state: known === shown ? 'same' : 'changed' };
}

/** Accepts a changed key, after the member was told what it means. */
export function acceptKey(memory: KeyMemory, site: string, shown: string): void {
  memory.setItem(slot(site), shown);
}
