#!/usr/bin/env bash
# Plays a bot match of OpenArena and records it as a demo seen through one bot's eyes, with the engine's event log. Runs
# at several times the real speed: nothing is drawn while it is recorded.
# Needs Debian's openarena, xvfb and xauth.
# usage: record_match.sh OUT NAME MAP POINT_OF_VIEW "OTHER BOTS" SECONDS [GAMETYPE: 0 deathmatch, 3 teams, 4 flags] [PORT] [SPEED] ["CVAR VALUE" …]
set -euo pipefail
out=$(mkdir -p "$1" && realpath "$1") name=$2 map=$3 view=$4 others=$5 seconds=$6 type=${7:-0} port=${8:-27990} speed=${9:-5}
shift $(($# < 9 ? $# : 9))
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -p "$home/baseoa"
{
  printf 'team s\naddbot %s 5\nwait 60\n' "$view"
  for bot in $others; do printf 'addbot %s %d\n' "$bot" $((2 + RANDOM % 2)); done
  printf 'wait 400\nfollow %s\nwait 60\nrecord %s\nwait 20\nsay DEMOSTART_%s\n' "$view" "$name" "$name"
} >"$home/baseoa/auto.cfg"
# The engine takes at most 32 commands from its command line. Server frames and snapshots keep their length in game time:
# the engine multiplies both by the speed.
for setting in "sv_fps $((20 * speed))" "snaps $((20 * speed))" "com_maxfps $((20 * speed + 5))" "rate 100000" \
  "g_log games.log" "g_logsync 1" "g_gametype $type" "fraglimit 0" "timelimit 0" "capturelimit 0" "bot_minplayers 0" \
  "bot_nochat 1" "name Streamer" "cg_drawFPS 0" "sv_maxclients 12" "$@"; do
  echo "set $setting"
done >"$home/baseoa/autoexec.cfg"
HOME=$home SDL_AUDIODRIVER=dummy LIBGL_ALWAYS_SOFTWARE=1 timeout -k 5 $((seconds / speed + 25)) \
  xvfb-run -a -s "-screen 0 320x240x24" /usr/lib/ioquake3/ioquake3 \
  +set com_basegame baseoa +set fs_basepath /usr/lib/openarena +set fs_homepath "$home" +set com_homepath "$home" \
  +set com_legacyprotocol 71 +set com_protocol 71 +set cl_renderer opengl1 +set ttycon 0 +set net_port "$port" \
  +set s_initsound 0 +set r_mode -1 +set r_fullscreen 0 +set r_customwidth 160 +set r_customheight 120 \
  +set com_hunkmegs 512 +set sv_pure 0 +set activeAction "exec auto.cfg" \
  +devmap "$map" +set timescale "$speed" +set r_norefresh 1 >"$out/$name.record.log" 2>&1 || true
cp "$home/baseoa/demos/$name.dm_71" "$out/"
cp "$home/baseoa/games.log" "$out/$name.games.log"
