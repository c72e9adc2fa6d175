import type { Page } from '../api/http';

/** A list that is fetched page by page, as far as the reader asks. */
export class Paged<T> {
  #items = $state.raw<readonly T[]>([]);
  #cursor = $state.raw<string | null>(null);
  #state = $state<'loading' | 'ready' | 'failed'>('loading');
  #error = $state.raw<unknown>(null);

  constructor(private readonly fetch: (cursor: string | null) => Promise<Page<T>>) {
    void this.more();
  }

  get items(): readonly T[] {
    return this.#items;
  }

  get hasMore(): boolean {
    return this.#cursor !== null;
  }

  get loading(): boolean {
    return this.#state === 'loading';
  }

  get error(): unknown {
    return this.#error;
  }

  get isEmpty(): boolean {
    return this.#state === 'ready' && this.#items.length === 0;
  }

  more(): Promise<void> {
    return this.#load(this.#items, this.#cursor);
  }

  /** Begins again with the newest; what is shown stays until they are there. */
  renew(): Promise<void> {
    return this.#load([], null);
  }

  async #load(before: readonly T[], cursor: string | null): Promise<void> {
    this.#state = 'loading';
    this.#error = null;
    try {
      const page = await this.fetch(cursor);
      this.#items = [...before, ...page.items];
      this.#cursor = page.nextCursor;
      this.#state = 'ready';
    } catch (error) {
      this.#error = error;
      this.#state = 'failed';
    }
  }
}
