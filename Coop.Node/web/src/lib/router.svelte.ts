/** Where the client is: the path in the fragment, which is never sent to the node. */
class Router {
  #path = $state(readPath());

  constructor() {
    addEventListener('hashchange', () => (this.#path = readPath()));
  }

  get path(): string {
    return this.#path;
  }

  go(path: string): void {
    location.hash = path;
  }

  /** Goes on without leaving this page in the history, e.g. a join link that is used up. */
  replace(path: string): void {
    history.replaceState(null, '', `#${path}`);
    this.#path = readPath();
  }
}

function readPath(): string {
  const path = location.hash.slice(1);
  return path.startsWith('/') ? path : '/';
}

export const router = new Router();
