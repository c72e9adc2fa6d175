/** A refusal in plain words, and what to do about it. */
export interface Words {
  readonly title: string;
  readonly advice: string;
}

/** Refusals of the ledger and of trade, in the words of those who keep books and pay. */
export const ledgerProblems: Readonly<Record<string, Words>> = {
  'below-floor': {
    title: 'There is not enough on the account.',
    advice: 'Its balance would go below what is allowed for it. Look at the balance, and at what pending entries reserve.',
  },
  'above-ceiling': {
    title: 'There would be too much on the account.',
    advice: 'Its balance would go above what is allowed for it. Whoever keeps the books can change that limit.',
  },
  'period-closed': {
    title: 'That day is closed.',
    advice: 'Choose a later day. Two people together can open closed days again, under Periods.',
  },
  'account-closed': {
    title: 'That account is closed.',
    advice: 'Choose another one. A closed account is never opened again.',
  },
  'account-in-use': {
    title: 'The account is still in use.',
    advice: 'It can be closed when it is at zero, nothing pending is on it and no open account stands below it. It can become a heading as long as nothing was ever booked on it.',
  },
  'placeholder-account': {
    title: 'That account is a heading.',
    advice: 'Nothing is booked on it. Choose one of the accounts below it.',
  },
  'account-code-exists': {
    title: 'Another account has this number.',
    advice: 'Choose a number that is free, or leave it empty.',
  },
  'parent-type': {
    title: 'It cannot stand below that account.',
    advice: 'An account stands below one that counts the same kind of thing: assets below assets, income below income.',
  },
  'journal-unbalanced': {
    title: 'It does not balance.',
    advice: 'In each unit, debit and credit must come to the same.',
  },
  'already-reversed': {
    title: 'This was taken back before.',
    advice: 'It is done once. Load the page again to see by which entry.',
  },
  'pending-over': {
    title: 'This is not pending any more.',
    advice: 'Somebody booked it or gave it up, or its time ran out. Load the page again.',
  },
  'idempotency-key-reused': {
    title: 'This form was sent before, with something else in it.',
    advice: 'What was sent first counts. Look whether it is there, and begin a new form if you want another.',
  },
  'not-a-payment': {
    title: 'You cannot pay like this.',
    advice: 'Members pay from accounts of their own to accounts of members. For anything else ask whoever keeps the books.',
  },
  'unknown-account': {
    title: 'There is no such account.',
    advice: 'Perhaps part of the address or number is missing. Ask for it again.',
  },
  'two-roles-needed': {
    title: 'That takes a second person.',
    advice: 'One asks, and somebody else agrees in the other role: an administrator and a treasurer.',
  },
  'trade-limit': {
    title: 'One co-op would owe the other too much.',
    advice: 'Their agreement sets the most, and what is on its way counts, too. Pay less, or wait until the two co-ops have settled.',
  },
  'trade-frozen': {
    title: 'Trade with that co-op is halted.',
    advice: 'Something did not fit together, and people have to look at it first. Nothing was taken from your account.',
  },
  'trade-recovering': {
    title: 'The two co-ops are still comparing what they know.',
    advice: 'Nothing was taken from your account. Try again in a moment.',
  },
  'trade-busy': {
    title: 'Very many payments are on their way to that co-op.',
    advice: 'Nothing was taken from your account. Try again later.',
  },
  'transfer-decided': {
    title: 'That is decided already.',
    advice: 'Load the page again to see how it ended.',
  },
  'patronage-key-reused': {
    title: 'One of these numbers stands for something else already.',
    advice: 'Each number is used once in a period. To correct business, record a new line with the difference.',
  },
  'surplus-distributed': {
    title: 'The surplus of this period is divided already.',
    advice: 'Nothing can be added to it any more. Record what comes late in the next period.',
  },
  'surplus-changed': {
    title: 'Something has changed since you looked.',
    advice: 'Show who gets what again, and look whether it is still right.',
  },
  'bank-file-unreadable': {
    title: 'This file could not be read as a statement.',
    advice: 'Is it the file that the bank gave? For CSV look whether the columns and the way dates are written are right.',
  },
  'statement-elsewhere': {
    title: 'This statement belongs to another account.',
    advice: 'It was brought for another account of the books before. Choose that one.',
  },
  'bank-line-settled': {
    title: 'This line is settled already.',
    advice: 'Somebody was faster, or you pressed twice. Load the page again.',
  },
  'bank-line-mismatch': {
    title: 'That entry is not what the line says.',
    advice: 'An entry fits a line where it moves the same amount on this account.',
  },
  'not-enough-shares': {
    title: 'They do not hold so many shares.',
    advice: 'Shares on which notice was given do not count. Look at the register.',
  },
  'shares-overpaid': {
    title: 'That is more than is owed for the shares.',
    advice: 'Pay in at most what is still owed, or write down first that the member takes more shares.',
  },
  'share-request-over': {
    title: 'This was answered already.',
    advice: 'Somebody was faster, or the member took it back. Load the page again.',
  },
  'too-many-share-requests': {
    title: 'You asked for shares several times.',
    advice: 'Wait for an answer, or take one of these back.',
  },
  'share-notice-not-due': {
    title: 'The time of notice is not over.',
    advice: 'Look at the day on which it is due, and come back then.',
  },
  'share-notice-over': {
    title: 'This notice has ended.',
    advice: 'It was paid out or taken back meanwhile. Load the page again.',
  },
};
