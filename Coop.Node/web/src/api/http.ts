import { readJson, writeJson } from './json';
import { NoAnswer, readProblem } from './problem';

/** A page of a list; nextCursor is null on the last one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** A list as a whole, for a form that lets people choose from it. */
export async function wholeList<T>(fetch: (cursor: string | null) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: Page<T> = await fetch(cursor);
    items.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === null) return items;
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

let onSignedOut: () => void = () => {};

/** Says what happens when the node no longer knows who asks. */
export function whenSignedOut(handler: () => void): void {
  onSignedOut = handler;
}

export async function get<T>(path: string): Promise<T> {
  return (await requestJson('GET', path)) as T;
}

export async function post<T>(path: string, body: object = {}, headers = {}): Promise<T> {
  return (await requestJson('POST', path, body, headers)) as T;
}

export async function put<T>(path: string, body?: object): Promise<T> {
  return (await requestJson('PUT', path, body)) as T;
}

export async function remove<T>(path: string): Promise<T> {
  return (await requestJson('DELETE', path)) as T;
}

/** The body as it is served, byte for byte where it is UTF-8. */
export async function getText(path: string): Promise<string> {
  return (await send('GET', path)).text();
}

/** A query string of what is given; nothing for what is not. */
export function query(values: Record<string, string | number | boolean | null | undefined>): string {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return given.length > 0 ? `?${search}` : '';
}

async function requestJson(
  method: Method,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const response = await send(method, path, body, headers);
  const text = await response.text();
  return text === '' ? null : readJson(text);
}

async function send(
  method: Method,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  const response = await fetchOrNoAnswer(path, {
    method,
    credentials: 'same-origin',
    headers: { ...(body && { 'Content-Type': 'application/json' }), ...headers },
    ...(body && { body: writeJson(body) }),
  });
  if (response.ok) return response;
  const problem = await readProblem(response);
  if (problem.code === 'not-signed-in') onSignedOut();
  throw problem;
}

async function fetchOrNoAnswer(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch {
    throw new NoAnswer('The node could not be reached.');
  }
}
