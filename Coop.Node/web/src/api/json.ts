// Amounts are 64-bit integers, more than a JavaScript number holds: members whose names end in
// "Minor" are read and written as bigint.

interface ReviverContext {
  readonly source?: string;
}

type SourceReviver = (this: unknown, name: string, value: unknown, context?: ReviverContext) => unknown;

const readAmount: SourceReviver = (name, value, context) =>
  typeof value === 'number' && name.endsWith('Minor') ? BigInt(context?.source ?? value) : value;

export const readJson = (text: string): unknown => JSON.parse(text, readAmount);

const rawJson = (JSON as { rawJSON?: (text: string) => unknown }).rawJSON;

export function writeJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'bigint' ? writeInteger(item) : item,
  );
}

function writeInteger(value: bigint): unknown {
  if (rawJson) return rawJson(String(value));
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError('This browser cannot send so large a number.');
  return number;
}
