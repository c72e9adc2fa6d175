/** A page of the ledger that one finds without going through another. */
export interface Place {
  readonly path: string;
  readonly text: string;
  /** For whoever reads all of the books. */
  readonly isForReaders?: true;
}

/** Pages that belong together. */
export interface Group {
  readonly text: string;
  readonly places: readonly Place[];
}

const groups: readonly Group[] = [
  { text: 'Accounts', places: [{ path: '/ledger', text: 'Accounts' }] },
  {
    text: 'Journal',
    places: [
      { path: '/ledger/journals', text: 'Entries' },
      { path: '/ledger/pending', text: 'Pending' },
      { path: '/ledger/periods', text: 'Periods', isForReaders: true },
    ],
  },
  { text: 'Bank', places: [{ path: '/ledger/bank', text: 'Bank', isForReaders: true }] },
  {
    text: 'Reports',
    places: [
      { path: '/ledger/reports/trial-balance', text: 'Trial balance', isForReaders: true },
      { path: '/ledger/reports/balance-sheet', text: 'Balance sheet', isForReaders: true },
      { path: '/ledger/reports/income-statement', text: 'Income statement', isForReaders: true },
    ],
  },
  {
    text: 'Capital',
    places: [
      { path: '/ledger/shares', text: 'Shares' },
      { path: '/ledger/patronage', text: 'Patronage', isForReaders: true },
    ],
  },
  {
    text: 'Trade',
    places: [
      { path: '/ledger/trade', text: 'Other co-ops' },
      { path: '/ledger/trade/nettings', text: 'Debts in a ring', isForReaders: true },
      { path: '/ledger/trade/in-doubt', text: 'Not yet decided', isForReaders: true },
    ],
  },
];

/** What somebody finds in the ledger. A group of which they see one page alone is called as that page. */
export const groupsFor = (readsBooks: boolean): readonly Group[] =>
  groups
    .map(({ text, places }) => ({ text, places: places.filter(({ isForReaders }) => readsBooks || !isForReaders) }))
    .filter(({ places }) => places.length > 0)
    .map(({ text, places }) => ({ text: places.length === 1 ? places[0]!.text : text, places }));

/** Addresses that show what another one shows, too. */
const sameAs: Readonly<Record<string, string>> = { '/ledger/reports': '/ledger/reports/trial-balance' };

/** The place that a path is at or below, the nearest one; every page of the ledger is below the accounts. */
export function placeOf(path: string, shown: readonly Group[]): Place | undefined {
  const at = sameAs[path] ?? path;
  return shown
    .flatMap(({ places }) => places)
    .filter((place) => at === place.path || at.startsWith(`${place.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
}
