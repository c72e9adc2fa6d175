/** One form being sent: never twice at once, and its refusal is kept to be shown. */
export class Submission {
  #busy = $state(false);
  #error = $state.raw<unknown>(null);

  get busy(): boolean {
    return this.#busy;
  }

  get error(): unknown {
    return this.#error;
  }

  refuse(problem: string): void {
    this.#error = new Error(problem);
  }

  async run(send: () => Promise<void>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#error = null;
    try {
      await send();
    } catch (error) {
      this.#error = error;
    } finally {
      this.#busy = false;
    }
  }
}
