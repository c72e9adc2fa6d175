import * as accounts from '../api/accounts';
import type { Member, Role } from '../api/accounts';
import { whenSignedOut } from '../api/http';
import { Problem } from '../api/problem';

/** Who is signed in, as far as the client knows. */
class Session {
  #me = $state<Member | null>(null);
  #expired = $state(false);

  constructor() {
    whenSignedOut(() => {
      // A page asks for several things at once; only the first refusal finds somebody signed in.
      if (this.#me === null) return;
      this.#expired = true;
      this.#me = null;
    });
  }

  get me(): Member | null {
    return this.#me;
  }

  /** Whether the node ended a session that the member was using. */
  get expired(): boolean {
    return this.#expired;
  }

  is(role: Role): boolean {
    return this.#me?.roles.includes(role) ?? false;
  }

  /** Administrators and treasurers keep the books. */
  get keepsBooks(): boolean {
    return this.is('admin') || this.is('treasurer');
  }

  /** Whoever keeps the books sees all of them, and so do auditors. */
  get readsBooks(): boolean {
    return this.keepsBooks || this.is('auditor');
  }

  /** Administrators and secretaries run the votes and the register of members. */
  get runsOffice(): boolean {
    return this.is('admin') || this.is('secretary');
  }

  /** Asks the node who this is; nobody is an answer too. */
  async restore(): Promise<void> {
    try {
      this.#me = await accounts.me();
    } catch (error) {
      if (!(error instanceof Problem && error.status === 401)) throw error;
    }
  }

  begin(member: Member): void {
    this.#me = member;
    this.#expired = false;
  }

  async end(): Promise<void> {
    await accounts.signOut();
    this.#me = null;
    this.#expired = false;
  }
}

export const session = new Session();
