import * as evidence from '../api/evidence';
import { describeNode } from '../api/log';
import * as peers from '../api/peers';
import { openAlarms, type Alarm } from './alarms';
import { session } from './session.svelte';

const lookAgainMs = 60_000;

/** What every page warns of; looked up when somebody has signed in, and again every minute that the page is seen. */
class Federation {
  #alarms = $state.raw<readonly Alarm[]>([]);

  constructor() {
    setInterval(() => document.visibilityState === 'visible' && void this.look(), lookAgainMs);
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void this.look());
  }

  get alarms(): readonly Alarm[] {
    return this.#alarms;
  }

  /** A look that fails leaves the warnings as they were. */
  async look(): Promise<void> {
    if (session.me === null || session.is('guest')) {
      this.#alarms = [];
      return;
    }
    try {
      const found = await evidence.list();
      this.#alarms = found.length === 0 ? [] : await this.#weigh(found);
    } catch {
      return;
    }
  }

  async #weigh(found: readonly evidence.FoundEvidence[]): Promise<readonly Alarm[]> {
    const [peerings, node] = await Promise.all([peers.list(), describeNode()]);
    return openAlarms(found, peerings, node.log.origin);
  }
}

export const federation = new Federation();
