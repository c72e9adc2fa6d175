const tickMs = 1000;

/** The present, for what counts down; one timer for the whole client. */
class Clock {
  #nowMs = $state(Date.now());

  constructor() {
    setInterval(() => (this.#nowMs = Date.now()), tickMs);
  }

  get nowMs(): number {
    return this.#nowMs;
  }
}

export const clock = new Clock();
