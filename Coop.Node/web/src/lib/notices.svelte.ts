const shownMs = 6000;

/** Short confirmations, shown at the edge of the page and read out by screen readers. */
class Notices {
  #text = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  get text(): string {
    return this.#text;
  }

  say(text: string): void {
    this.#text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#text = ''), shownMs);
  }
}

export const notices = new Notices();
