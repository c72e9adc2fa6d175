/** Where the client is: the path in the fragment, which is never sent to the node. */
class Router {
  #path = $state(readPath());
  #hasArrived = true;

  constructor() {
    addEventListener('hashchange', () => this.#arrive());
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
    this.#arrive();
  }

  /**
   * Takes the focus to the heading of a page just come to, once, so that reading and tabbing go on from
   * there. The first page of a visit keeps the browser's own start.
   */
  welcome(heading: HTMLElement): void {
    if (this.#hasArrived) return;
    this.#hasArrived = true;
    heading.focus({ preventScroll: true });
  }

  #arrive(): void {
    this.#path = readPath();
    this.#hasArrived = false;
    scrollTo(0, 0);
  }
}

function readPath(): string {
  const path = location.hash.slice(1);
  return path.startsWith('/') ? path : '/';
}

export const router = new Router();
