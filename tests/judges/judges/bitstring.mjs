import { createList, decodeList } from '@digitalbazaar/vc-bitstring-status-list';

/** The set bits among the first `length` of an encoded list. */
export async function decode({ encodedList, indices }) {
  const list = await decodeList({ encodedList });
  return { length: list.length, set: indices.filter((i) => list.getStatus(i)) };
}

export async function encode({ length, set }) {
  const list = await createList({ length });
  set.forEach((i) => list.setStatus(i, true));
  return list.encode();
}
