/** A refusal of the node, as RFC 9457 problem details. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    /** The last part of the type URI, e.g. "proposal-closed". */
    readonly code: string,
    readonly title: string,
    readonly detail: string | null,
  ) {
    super(detail ?? title);
  }
}

/** No answer came: the network or the node is away. Whether anything was changed is unknown. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const typePrefix = 'urn:coop:problem:';

export async function readProblem(response: Response): Promise<Problem> {
  const body = await readBody(response);
  const type = typeof body['type'] === 'string' ? body['type'] : '';
  const title = typeof body['title'] === 'string' ? body['title'] : '';
  const detail = typeof body['detail'] === 'string' ? body['detail'] : null;
  const code = type.startsWith(typePrefix) ? type.slice(typePrefix.length) : 'unknown';
  return new Problem(response.status, code, title || `The node answered ${response.status}.`, detail);
}

async function readBody(response: Response): Promise<Record<string, unknown>> {
  try {
    return Object(await response.json());
  } catch {
    return {};
  }
}
