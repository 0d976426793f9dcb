#!/usr/bin/env bash
# Installs what the tests drive besides Python: a browser, Java for the HTML checker, PostgreSQL, Redis.
# Does so only on Debian and as root; otherwise it says what is missing, and the tests that need it skip aloud.
set -euo pipefail

missing=()
command -v npm >/dev/null || missing+=(nodejs npm)
command -v chromium >/dev/null || missing+=(chromium)
command -v java >/dev/null || missing+=(default-jre-headless)
command -v git >/dev/null || missing+=(git)
command -v redis-server >/dev/null || missing+=(redis-server)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
"${PYTHON:-python3}" -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Not found: ${missing[*]}. The tests that need them will be skipped. On Debian, as root: apt-get install ${missing[*]}" >&2
    exit 0
fi

echo "  Installing ${missing[*]} …"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if { apt-get update -q && apt-get install -q -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    exit 0
fi
tail -n 20 "$log" >&2
exit 1
