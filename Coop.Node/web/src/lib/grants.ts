// A grant while it is being written in a form.
import type { Unit } from '../api/ledger';
import type { Grant, Scope } from '../api/peers';
import { formatNumber, parseAmount } from './amount';
import { scopes } from './peers';

export interface TradeDraft {
  unit: string;
  amount: string;
}

export interface GrantDraft {
  scopes: Scope[];
  requestsPerMinute: number | null;
  retentionDays: number | null;
  witnessWithinSeconds: number | null;
  trade: TradeDraft[];
}

export type ParsedGrant = { readonly grant: Grant } | { readonly problem: string };

/** The bounds of specs/peering.md, Terms. */
export const bounds = {
  requestsPerMinute: { min: 1, max: 100_000 },
  retentionDays: { min: 0, max: 36_500 },
  witnessWithinSeconds: { min: 1, max: 86_400 },
} as const;

/** What most co-ops begin with: they keep each other's logs honest, and no more. */
export const firstDraft = (): GrantDraft => ({
  scopes: ['replicate', 'witness'],
  requestsPerMinute: 600,
  retentionDays: 3650,
  witnessWithinSeconds: 60,
  trade: [],
});

/** A draft of a grant that there is; amounts of units that are not known here stay in smallest parts. */
export const draftOf = (grant: Grant, units: readonly Unit[]): GrantDraft => ({
  scopes: [...grant.scopes],
  requestsPerMinute: grant.requestsPerMinute,
  retentionDays: grant.retentionDays,
  witnessWithinSeconds: grant.witnessWithinSeconds || 60,
  trade: grant.trade.map(({ unit, maxCreditMinor }) => ({
    unit,
    amount: formatNumber(maxCreditMinor, scaleOf(unit, units), 'en').replaceAll(',', ''),
  })),
});

export function readGrant(draft: GrantDraft, units: readonly Unit[]): ParsedGrant {
  const hasTrade = draft.scopes.includes('trade');
  const trade = (hasTrade ? draft.trade : []).map(({ unit, amount }) => ({ unit, parsed: parseAmount(amount, scaleOf(unit, units)) }));
  const problem =
    outOfBounds('The number of requests a minute', draft.requestsPerMinute, bounds.requestsPerMinute) ??
    outOfBounds('The number of days', draft.retentionDays, bounds.retentionDays) ??
    (draft.scopes.includes('witness')
      ? outOfBounds('The time to confirm', draft.witnessWithinSeconds, bounds.witnessWithinSeconds)
      : null) ??
    problemOfTrade(trade);
  if (problem) return { problem };
  return {
    grant: {
      scopes: scopes.filter((scope) => draft.scopes.includes(scope)),
      requestsPerMinute: draft.requestsPerMinute ?? 0,
      retentionDays: draft.retentionDays ?? 0,
      witnessWithinSeconds: draft.scopes.includes('witness') ? (draft.witnessWithinSeconds ?? 0) : 0,
      trade: trade.flatMap(({ unit, parsed }) => ('minor' in parsed ? [{ unit, maxCreditMinor: parsed.minor }] : [])),
    },
  };
}

type ReadTrade = { readonly unit: string; readonly parsed: ReturnType<typeof parseAmount> };

/** The largest that terms hold; more than a JSON number says exactly. */
const largestCreditMinor = 2n ** 53n - 1n;

function problemOfTrade(trade: readonly ReadTrade[]): string | null {
  if (trade.some(({ unit }) => unit === '')) return 'Choose a unit for each trade limit.';
  if (new Set(trade.map(({ unit }) => unit)).size < trade.length) return 'Give one trade limit for each unit.';
  for (const { unit, parsed } of trade) {
    if ('problem' in parsed) return `${unit}: ${parsed.problem}`;
    if (parsed.minor > largestCreditMinor) return `${unit}: that is more than terms can say.`;
  }
  return null;
}

function outOfBounds(what: string, value: number | null, { min, max }: { min: number; max: number }): string | null {
  const fits = value !== null && Number.isInteger(value) && value >= min && value <= max;
  return fits ? null : `${what} must be a whole number from ${min} to ${max}.`;
}

const scaleOf = (unit: string, units: readonly Unit[]): number => units.find(({ code }) => code === unit)?.scale ?? 0;
