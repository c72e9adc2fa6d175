#!/usr/bin/env bash
# Peers two co-ops that run: one proposes, the other accepts. Run again, it finds the peering and says so.
#
# Without any setting: the two of docker-compose.federation.yml. For nodes that run otherwise, say how their
# command line is called and where they are:
#
#   ACORN="env COOP_DATA=/srv/acorn dotnet Coop.Node.dll"  ACORN_URL=https://acorn.example
#   BEECH="env COOP_DATA=/srv/beech dotnet Coop.Node.dll"  BEECH_URL=https://beech.example
set -euo pipefail
cd "$(dirname "$0")/.."

in_container="docker compose -f docker-compose.federation.yml exec -T"
read -ra acorn <<< "${ACORN:-$in_container acorn dotnet Coop.Node.dll}"
read -ra beech <<< "${BEECH:-$in_container beech dotnet Coop.Node.dll}"
acorn_url=${ACORN_URL:-https://acorn.test}
beech_url=${BEECH_URL:-https://beech.test}
patience_s=${COOP_PATIENCE_S:-120}

# Tries until it succeeds; says why it did not, when patience ends.
within_patience() {
  local why
  until why=$("$@" 2>&1); do
    if [ "$SECONDS" -ge "$patience_s" ]; then
      echo "$why" >&2
      echo "Gave up after $patience_s seconds: $*" >&2
      exit 1
    fi
    sleep 1
  done
}

# is_active PEER_URL COMMAND...
is_active() {
  local url=$1
  shift
  "$@" peers list --json | tr -d ' \n' | grep -q "\"address\":\"$url/*\"[^}]*},\"state\":\"active\""
}

# The proposal takes a moment to arrive, and may have been accepted by a run before.
accept_or_active() {
  is_active "$acorn_url" "${beech[@]}" || "${beech[@]}" peers accept "$acorn_url"
}

# 1. The first start of a node takes a moment: until then there is nobody to ask.
within_patience "${acorn[@]}" peers preview "$beech_url"
within_patience "${beech[@]}" peers preview "$acorn_url"

# 2. One side proposes, the other accepts.
if ! is_active "$beech_url" "${acorn[@]}"; then
  "${acorn[@]}" peers list --json | grep -q "\"$beech_url" || "${acorn[@]}" peers propose "$beech_url"
  within_patience accept_or_active
fi

# 3. Both hold the terms with both signatures.
within_patience is_active "$beech_url" "${acorn[@]}"
within_patience is_active "$acorn_url" "${beech[@]}"
echo "$acorn_url and $beech_url are peers."
