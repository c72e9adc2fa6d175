// Whose cosignatures make a checkpoint believable: C2SP tlog-policy, read strictly.
import { cosignedAt } from './cosignature';
import { cosignatureType, isSignedBy, parseVerifierKey, type SignedNote, type VerifierKey } from './note';

const none = 'none';
const maxItems = 64;

export interface PolicyWitness {
  readonly name: string;
  readonly key: VerifierKey;
}

interface Group {
  readonly threshold: number;
  readonly members: readonly string[];
}

export interface Policy {
  readonly logs: readonly VerifierKey[];
  readonly witnesses: readonly PolicyWitness[];
  readonly groups: ReadonlyMap<string, Group>;
  readonly quorum: string;
}

/** Null when it is no policy. */
export async function parsePolicy(text: string): Promise<Policy | null> {
  const lines = text.slice(0, -1).split('\n').map(readWords);
  if (!text.endsWith('\n') || lines.includes(null)) return null;
  const reader = new Reader();
  for (const words of lines) {
    if (words && words.length > 0 && !(await reader.take(words))) return null;
  }
  return reader.finish();
}

/** The words of a line, none of a comment; null when it has control characters. */
function readWords(line: string): string[] | null {
  if (/[\0-\x08\x0a-\x1f\x7f]/.test(line)) return null;
  const words = line.split(/[ \t]+/).filter((word) => word !== '');
  return words[0]?.startsWith('#') ? [] : words;
}

class Reader {
  readonly #logs: VerifierKey[] = [];
  readonly #witnesses: PolicyWitness[] = [];
  readonly #groups = new Map<string, Group>();
  readonly #names = new Set([none]);
  readonly #members = new Set<string>();
  readonly #keys = new Set<string>();
  #quorum: string | null = null;

  async take([kind, ...words]: string[]): Promise<boolean> {
    switch (kind) {
      case 'log':
        return words.length >= 1 && words.length <= 2 && this.#takeLog(await this.#key('log', words[0]!));
      case 'witness':
        return words.length >= 2 && words.length <= 3 && this.#takeWitness(words[0]!, await this.#key('witness', words[1]!));
      case 'group':
        return words.length >= 3 && this.#takeGroup(words[0]!, words[1]!, words.slice(2));
      case 'quorum':
        return words.length === 1 && this.#takeQuorum(words[0]!);
      default:
        return false;
    }
  }

  finish(): Policy | null {
    const isBounded = [this.#logs.length, this.#witnesses.length, this.#groups.size].every((count) => count <= maxItems);
    if (this.#quorum === null || !isBounded) return null;
    return { logs: this.#logs, witnesses: this.#witnesses, groups: this.#groups, quorum: this.#quorum };
  }

  /** The same key under two names would count twice. */
  async #key(kind: 'log' | 'witness', word: string): Promise<VerifierKey | null> {
    const key = await parseVerifierKey(word, kind === 'witness' ? cosignatureType : undefined);
    const mark = `${kind} ${key?.publicKey}`;
    if (!key || this.#keys.has(mark)) return null;
    this.#keys.add(mark);
    return key;
  }

  #takeLog(key: VerifierKey | null): boolean {
    if (key) this.#logs.push(key);
    return key !== null;
  }

  #takeWitness(name: string, key: VerifierKey | null): boolean {
    if (!key || !this.#define(name)) return false;
    this.#witnesses.push({ name, key });
    return true;
  }

  #takeGroup(name: string, word: string, members: string[]): boolean {
    for (const member of members) {
      if (member === none || !this.#names.has(member) || this.#members.has(member)) return false;
      this.#members.add(member);
    }
    const threshold = readThreshold(word, members.length);
    if (threshold === null || !this.#define(name)) return false;
    this.#groups.set(name, { threshold, members });
    return true;
  }

  #takeQuorum(name: string): boolean {
    if (this.#quorum !== null || !this.#names.has(name)) return false;
    this.#quorum = name;
    return true;
  }

  #define(name: string): boolean {
    if (this.#names.has(name)) return false;
    this.#names.add(name);
    return true;
  }
}

function readThreshold(word: string, count: number): number | null {
  if (word === 'all') return count;
  if (word === 'any') return 1;
  const threshold = /^[1-9][0-9]{0,3}$/.test(word) ? Number(word) : 0;
  return threshold >= 1 && threshold <= count ? threshold : null;
}

export interface Standing {
  /** The names, in the policy, of the witnesses whose cosignatures hold. */
  readonly cosigners: readonly string[];
  readonly isMet: boolean;
}

/** Who of the policy's witnesses cosigned the checkpoint, and whether that is enough. */
export async function weigh(note: SignedNote, policy: Policy): Promise<Standing> {
  const times = await Promise.all(policy.witnesses.map(({ key }) => cosignedAt(note, key)));
  const cosigners = policy.witnesses.filter((_, index) => times[index] !== null).map(({ name }) => name);
  return { cosigners, isMet: (await isOfLogs(note, policy)) && holds(policy.quorum, cosigners, policy) };
}

async function isOfLogs(note: SignedNote, { logs }: Policy): Promise<boolean> {
  const [origin] = note.text.split('\n');
  const signed = await Promise.all(logs.filter(({ name }) => name === origin).map((key) => isSignedBy(note, key)));
  return logs.length === 0 || signed.includes(true);
}

/** A group stands behind its members, and each name is a member once: this ends, and counts nobody twice. */
function holds(name: string, cosigners: readonly string[], policy: Policy): boolean {
  if (name === none || cosigners.includes(name)) return true;
  const group = policy.groups.get(name);
  return group !== undefined && group.members.filter((member) => holds(member, cosigners, policy)).length >= group.threshold;
}
