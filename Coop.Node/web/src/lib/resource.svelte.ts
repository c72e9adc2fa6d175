/** Something that is fetched: being waited for, there, or failed. */
export class Resource<T> {
  #value = $state.raw<T>();
  #error = $state.raw<unknown>(null);
  #loading = $state(true);
  #latest = 0;

  /** Made while a component is, and renewed whenever the reader comes back to the page. */
  constructor(private readonly fetch: () => Promise<T>) {
    void this.reload();
    $effect(() => {
      const renew = () => document.visibilityState === 'visible' && void this.reload();
      document.addEventListener('visibilitychange', renew);
      return () => document.removeEventListener('visibilitychange', renew);
    });
  }

  get value(): T | undefined {
    return this.#value;
  }

  get error(): unknown {
    return this.#error;
  }

  get loading(): boolean {
    return this.#loading;
  }

  /** Fetches again; what was there stays until the answer comes. */
  async reload(): Promise<void> {
    const mine = ++this.#latest;
    this.#loading = true;
    try {
      const value = await this.fetch();
      if (mine === this.#latest) this.#settle(value, null);
    } catch (error) {
      if (mine === this.#latest) this.#settle(this.#value, error);
    }
  }

  #settle(value: T | undefined, error: unknown): void {
    this.#value = value;
    this.#error = error;
    this.#loading = false;
  }
}
