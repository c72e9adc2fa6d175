import { toBase64, utf8, type Bytes } from '../verify/bytes';

/** RFC 4648, section 5, without padding: what JOSE uses. */
export const toBase64Url = (bytes: Uint8Array): string =>
  toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

export const fromBase64Url = (text: string): Bytes =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));

export const jsonToBase64Url = (value: object): string => toBase64Url(utf8(JSON.stringify(value)));
