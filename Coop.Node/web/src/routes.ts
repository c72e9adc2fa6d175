import type { Component } from 'svelte';
import Account from './pages/Account.svelte';
import AccountEdit from './pages/AccountEdit.svelte';
import AccountNew from './pages/AccountNew.svelte';
import AccountStatement from './pages/AccountStatement.svelte';
import Announcements from './pages/Announcements.svelte';
import AnnouncementNew from './pages/AnnouncementNew.svelte';
import Bank from './pages/Bank.svelte';
import BankAccount from './pages/BankAccount.svelte';
import BankImport from './pages/BankImport.svelte';
import Claims from './pages/Claims.svelte';
import Commons from './pages/Commons.svelte';
import Credentials from './pages/Credentials.svelte';
import Entries from './pages/Entries.svelte';
import Evidence from './pages/Evidence.svelte';
import Evidences from './pages/Evidences.svelte';
import Home from './pages/Home.svelte';
import InDoubt from './pages/InDoubt.svelte';
import Invite from './pages/Invite.svelte';
import Join from './pages/Join.svelte';
import Journal from './pages/Journal.svelte';
import JournalNew from './pages/JournalNew.svelte';
import Ledger from './pages/Ledger.svelte';
import Log from './pages/Log.svelte';
import LogEvent from './pages/LogEvent.svelte';
import Members from './pages/Members.svelte';
import MemberStatement from './pages/MemberStatement.svelte';
import Nettings from './pages/Nettings.svelte';
import NotFound from './pages/NotFound.svelte';
import Patronage from './pages/Patronage.svelte';
import PatronageRecord from './pages/PatronageRecord.svelte';
import Pay from './pages/Pay.svelte';
import PayAway from './pages/PayAway.svelte';
import Peer from './pages/Peer.svelte';
import PeerInvite from './pages/PeerInvite.svelte';
import Peers from './pages/Peers.svelte';
import PeerTerms from './pages/PeerTerms.svelte';
import PendingEntries from './pages/PendingEntries.svelte';
import Periods from './pages/PeriodsPage.svelte';
import Present from './pages/Present.svelte';
import Proposal from './pages/Proposal.svelte';
import ProposalEdit from './pages/ProposalEdit.svelte';
import ProposalNew from './pages/ProposalNew.svelte';
import Proposals from './pages/Proposals.svelte';
import Reports from './pages/Reports.svelte';
import ShareClassNew from './pages/ShareClassNew.svelte';
import ShareRegister from './pages/ShareRegister.svelte';
import Shares from './pages/Shares.svelte';
import SignIn from './pages/SignIn.svelte';
import SurplusNew from './pages/SurplusNew.svelte';
import Told from './pages/Told.svelte';
import TradePage from './pages/TradePage.svelte';
import UnitNew from './pages/UnitNew.svelte';
import Wallet from './pages/Wallet.svelte';

/** A page takes at most one parameter, the `:id` of its address. */
export type Page = Component<{ id: string }>;

interface Route {
  readonly pattern: string;
  readonly title: string;
  readonly page: Page;
  /** For people who are not signed in, too. */
  readonly isPublic?: true;
}

const route = (pattern: string, title: string, page: Component<any>, isPublic?: true): Route => ({
  pattern,
  title,
  page,
  ...(isPublic && { isPublic }),
});

/** Every address of the client; the first that fits is shown. */
const routes: readonly Route[] = [
  route('/', 'Home', Home),
  route('/join/:id', 'Join', Join, true),
  route('/sign-in', 'Sign in', SignIn, true),
  route('/proposals', 'Proposals', Proposals),
  route('/proposals/in/:id', 'Proposals', Proposals),
  route('/proposals/new', 'New proposal', ProposalNew),
  route('/proposals/:id', 'Proposal', Proposal),
  route('/proposals/:id/edit', 'Edit proposal', ProposalEdit),
  route('/announcements', 'News', Announcements),
  route('/announcements/new', 'New announcement', AnnouncementNew),
  route('/announcements/:id', 'News', Announcements),
  route('/ledger', 'Ledger', Ledger),
  route('/ledger/pay', 'Pay a member', Pay),
  route('/ledger/units/new', 'New unit', UnitNew),
  route('/ledger/accounts/new', 'New account', AccountNew),
  route('/ledger/journals/new', 'New entry', JournalNew),
  route('/ledger/journals', 'Entries', Entries),
  route('/ledger/journals/:id', 'Entry', Journal),
  route('/ledger/accounts/:id', 'Account', Account),
  route('/ledger/accounts/:id/edit', 'Change account', AccountEdit),
  route('/ledger/accounts/:id/statement', 'Statement', AccountStatement),
  route('/ledger/pending', 'Pending', PendingEntries),
  route('/ledger/periods', 'Periods', Periods),
  route('/ledger/reports', 'Reports', Reports),
  route('/ledger/reports/:id', 'Reports', Reports),
  route('/ledger/trade', 'Other co-ops', TradePage),
  route('/ledger/trade/nettings', 'Debts in a ring', Nettings),
  route('/ledger/trade/in-doubt', 'Not yet decided', InDoubt),
  route('/ledger/shares', 'Shares', Shares),
  route('/ledger/shares/new', 'New class of shares', ShareClassNew),
  route('/ledger/shares/:id', 'Register of shares', ShareRegister),
  route('/ledger/bank', 'Bank', Bank),
  route('/ledger/bank/:id', 'Bank', BankAccount),
  route('/ledger/bank/:id/import', 'Import a statement', BankImport),
  route('/ledger/patronage', 'Patronage', Patronage),
  route('/ledger/patronage/in/:id', 'Patronage', Patronage),
  route('/ledger/patronage/record', 'Record business', PatronageRecord),
  route('/ledger/patronage/divide', 'Divide a surplus', SurplusNew),
  route('/ledger/pay-away', 'Pay someone at another co-op', PayAway),
  route('/members', 'Members', Members),
  route('/members/invite', 'Invite someone', Invite),
  route('/members/:id/statement', 'Statement', MemberStatement),
  route('/credentials', 'Credentials and guests', Credentials),
  route('/claims', 'Claims', Claims),
  route('/commons', 'Commons', Commons),
  route('/peers', 'Co-ops we work with', Peers),
  route('/peers/invite', 'Invite a co-op', PeerInvite),
  route('/peers/:id', 'Co-op', Peer),
  route('/peers/:id/terms', 'Propose other terms', PeerTerms),
  route('/evidence', 'Proofs of two versions', Evidences),
  route('/evidence/:id', 'Proof of two versions', Evidence),
  route('/wallet', 'My wallet', Wallet),
  route('/wallet/told', 'What my co-op tells others about me', Told),
  route('/wallet/present/:id', 'Show a card', Present),
  route('/log', 'Log', Log),
  route('/log/mine', 'My events', Log),
  route('/log/:id', 'Event', LogEvent),
];

const notFound = route('', 'Not found', NotFound, true);

export interface Match {
  readonly route: Route;
  readonly id: string;
}

export function match(path: string): Match {
  const parts = path.split('/');
  for (const candidate of routes) {
    const id = fit(candidate.pattern.split('/'), parts);
    if (id !== null) return { route: candidate, id };
  }
  return { route: notFound, id: '' };
}

/** The parameter, "" where the pattern has none; null when the path does not fit. */
function fit(pattern: readonly string[], parts: readonly string[]): string | null {
  if (pattern.length !== parts.length) return null;
  const at = pattern.indexOf(':id');
  const fits = pattern.every((part, index) => index === at || part === parts[index]);
  const id = at < 0 ? '' : (parts[at] ?? '');
  return fits && (at < 0 || id !== '') ? id : null;
}
