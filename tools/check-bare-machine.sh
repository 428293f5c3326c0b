#!/usr/bin/env bash
# Runs the README's commands in a fresh clone on a bare Debian 12: no FFmpeg, no Chromium, no compiler, no git, an
# empty home folder. The machine is a folder made by debootstrap; Node, npm and the network settings are this one's.
#
# usage: tools/check-bare-machine.sh [FOLDER] [COMMAND…]     as root; needs debootstrap. FOLDER is kept and used again;
#        COMMANDs are run instead of all.
# env:   SUITE (bookworm)  MIRROR (this machine's)  NODE (the node to copy; the system's)
#        KEEP_APT=1 leaves the FFmpeg and the Chromium of an earlier run in place
set -euo pipefail

checkout=$(cd "$(dirname "$0")/.." && pwd)
root=${1:-$(mktemp -d)}
suite=${SUITE:-bookworm}
mirror=${MIRROR:-$(cat /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources 2>/dev/null |
  sed -nE 's/^(URIs:|deb) +(https?:[^ ]+).*/\2/p' | head -n 1 || true)}
node=$(realpath "${NODE:-$(command -v node)}")
npm=$(dirname "$(dirname "$(realpath "$(command -v npm)")")")

say() { printf '\n== %s\n' "$*"; }

if [ ! -e "$root/etc/debian_version" ]; then
  say "debootstrap $suite into $root"
  debootstrap --variant=minbase --include=ca-certificates "$suite" "$root" ${mirror:+"$mirror"} >"$root.debootstrap.log" 2>&1
fi

say "copying Node $("$node" --version), npm, the certificates and the clone"
install -D "$node" "$root/usr/bin/node"
mkdir -p "$root/usr/lib/node_modules"
rm -rf "$root/usr/lib/node_modules/npm" "$root/clone" "$root/root"
cp -r "$npm" "$root/usr/lib/node_modules/npm"
ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/bin/npm"
ln -sf ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/bin/npx"
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
# This machine's settings for npm, without anything personal: only where the registry is and whom to trust.
registry=$(cd / && npm config get registry)
printf 'registry=%s\ncafile=/etc/ssl/certs/ca-certificates.crt\n' "$registry" >"$root/usr/lib/node_modules/npm/npmrc"
mkdir -m 700 "$root/root"
git clone -q --no-hardlinks "$checkout" "$root/clone"
if [ -z "${KEEP_APT:-}" ]; then
  for package in ffmpeg chromium; do
    chroot "$root" apt-get purge -y -q --autoremove "$package" >/dev/null 2>&1 || true
  done
fi

# A mount namespace of its own: /proc and /dev vanish with it, whatever happens.
inside() {
  unshare --mount --pid --fork --kill-child -- bash -c '
    set -e
    mount -t proc proc "$1/proc"
    mount --rbind /dev "$1/dev"
    mount -t tmpfs tmpfs "$1/tmp"
    exec chroot "$1" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
      TERM=dumb LANG=C.UTF-8 NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
      bash -c "cd /clone || exit; $2; exit \$?"' - "$root" "$1"
}

result=0
run() {
  say "$1"
  local started=$SECONDS
  if inside "$1"; then echo "-- ok, $((SECONDS - started)) s"; else
    echo "-- FAILED, $((SECONDS - started)) s"
    result=1
  fi
}

inside 'for program in ffmpeg ffprobe chromium git gcc python3; do command -v $program && echo "$program is there already"; done; true'
# `npm start` ends when somebody ends it: here as soon as its page was answered.
starts='npm start >/tmp/start.log 2>&1 & pid=$!
  for _ in $(seq 900); do
    grep -q "http://" /tmp/start.log && break
    kill -0 $pid 2>/dev/null || break
    sleep 1
  done
  cat /tmp/start.log
  node -e "
    const address = /http:\\S+/.exec(require(\"fs\").readFileSync(\"/tmp/start.log\", \"utf8\"))?.[0]
    fetch(address).then((answer) => { console.log(answer.status); process.exitCode = answer.ok ? 0 : 1 })"
  code=$?
  kill $pid
  wait $pid
  exit $code'
commands=("${@:2}")
[ ${#commands[@]} -gt 0 ] || commands=('npm ci && npm run demo' "npm ci && { $starts; }" 'npm ci && npm test')
for command in "${commands[@]}"; do run "$command"; done
say "what is left in the clone and the home folder"
inside 'ls -A /root; du -sh .cache demo-clips 2>/dev/null; ps -e -o pid,args 2>/dev/null || true'
exit "$result"
