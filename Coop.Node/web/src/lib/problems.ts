import { ledgerProblems, type Words } from './ledgerproblems';

// Refusals of the node that need more than its own words, for people who do not know its inside.

const words: Readonly<Record<string, Words>> = {
  ...ledgerProblems,
  'peer-unreachable': {
    title: 'No co-op’s node answers there.',
    advice: 'Look at the address again: it is that of the other co-op’s node, not of its website. If it is right, ask them whether their node runs.',
  },
  'peer-refused': {
    title: 'What answers there does not fit together.',
    advice: 'Its address, its DID and its keys must name each other, and be those that you compared. Do not go on; ask the other co-op what has changed.',
  },
  'peer-blocked': {
    title: 'That co-op is blocked here.',
    advice: 'Unblock it on the page of co-ops first, if your co-op has decided so.',
  },
  'peering-exists': {
    title: 'There is an agreement with this co-op already.',
    advice: 'Open it in the list of co-ops: there it can be accepted, changed or ended.',
  },
  'peering-state': {
    title: 'That does not follow any more.',
    advice: 'Something has changed meanwhile, here or at the other co-op. Load the page again to see where it stands.',
  },
  'peering-terms': {
    title: 'These are not the terms on the table any more.',
    advice: 'Load the page again and read the new ones.',
  },
  'terms-invalid': {
    title: 'These terms cannot be signed as they are.',
    advice: 'If nobody can see why, let the other co-op propose again.',
  },
};

/** Plain words for a problem, where there are better ones than its own. */
export const plainProblem = (code: string): Words | null => words[code] ?? null;
