#!/usr/bin/env bash
# Makes the bundled demo recording: plays an OpenArena demo in the game's own engine, frame-exact whatever the
# machine's speed, and encodes the first seconds the way a streamer's OBS would (H.264 High, a keyframe every 2 s, AAC).
#
# usage:  tools/make-demo-recording.sh MATCH.dm_71 OUT.mp4 [SECONDS]     renders and encodes
#         tools/make-demo-recording.sh RENDERED.avi OUT.mp4 [SECONDS]    encodes what was rendered before
# labels: where MATCH.labels.json lies beside the demo, its events of those seconds go to labels.json beside OUT.
# needs:  apt-get install -y openarena xvfb ffmpeg python3
# env:    RECORDED_AT (ISO 8601, what the file says of its making), MAX_BYTES (12000000), TITLE, LABELS (a .labels.json)
set -euo pipefail

input=$(realpath "$1")
output=$(realpath -m "$2")
seconds=${3:-106}
width=1280 height=720 fps=30
recorded_at=${RECORDED_AT:-2026-11-22T20:00:00Z}
max_bytes=${MAX_BYTES:-12000000}
title=${TITLE:-OpenArena free-for-all}
audio_kbps=96

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

render() {
  local demo=$1 name
  name=$(basename "$demo" .dm_71)
  mkdir -p "$work/baseoa/demos"
  cp "$demo" "$work/baseoa/demos/"
  # `video` records one frame per `wait`: the clock is the frame counter, so a slow machine only takes longer.
  printf 'wait 10\nvideo %s\nwait %d\nstopvideo\nquit\n' "$name" "$((2 * seconds * fps))" >"$work/baseoa/play.cfg"
  HOME=$work SDL_AUDIODRIVER=dummy LIBGL_ALWAYS_SOFTWARE=1 xvfb-run -a -s "-screen 0 ${width}x${height}x24" \
    /usr/lib/ioquake3/ioquake3 +set com_basegame baseoa +set fs_basepath /usr/lib/openarena \
    +set fs_homepath "$work" +set com_homepath "$work" +set com_legacyprotocol 71 +set com_protocol 71 \
    +set cl_renderer opengl1 +set ttycon 0 +set s_useOpenAL 0 +set s_khz 44 +set s_sdlSpeed 44100 \
    +set r_mode -1 +set r_fullscreen 0 +set r_customwidth "$width" +set r_customheight "$height" \
    +set cl_aviFrameRate "$fps" +set cl_aviMotionJpeg 1 +set r_aviMotionJpegQuality 90 +set sv_pure 0 \
    +set com_hunkmegs 512 +set nextdemo quit +set activeAction "exec play.cfg" +demo "$name" >"$work/render.log" 2>&1
  mv "$work/baseoa/videos/$name"*.avi "$work/$name.avi"
}

case $input in
*.dm_71)
  render "$input"
  source="$work/$(basename "$input" .dm_71).avi"
  labels=${LABELS:-${input%.dm_71}.labels.json}
  ;;
*)
  source=$input
  labels=${LABELS:-}
  ;;
esac

# Three per cent for the container and for what two-pass rate control misses.
video_kbps=$((max_bytes * 8 * 97 / 100 / seconds / 1000 - audio_kbps))
video=(-c:v libx264 -profile:v high -preset slower -aq-mode 3 -b:v "${video_kbps}k" -maxrate "$((3 * video_kbps))k"
  -bufsize "$((6 * video_kbps))k" -g "$((2 * fps))" -keyint_min "$((2 * fps))" -sc_threshold 0 -pix_fmt yuv420p
  -color_primaries bt709 -color_trc bt709 -colorspace bt709 -vf scale=out_color_matrix=bt709:out_range=tv
  -passlogfile "$work/pass")

mkdir -p "$(dirname "$output")"
partial="$work/out.mp4"
ffmpeg -v error -y -t "$seconds" -i "$source" "${video[@]}" -pass 1 -an -f null -
ffmpeg -v error -y -t "$seconds" -i "$source" "${video[@]}" -pass 2 -c:a aac -b:a "${audio_kbps}k" -ar 48000 -ac 2 \
  -metadata title="$title" -metadata creation_time="$recorded_at" -metadata:s:v:0 handler_name=Video \
  -metadata:s:a:0 title=Game -metadata:s:a:0 handler_name=Game -movflags +faststart "$partial"

size=$(stat -c %s "$partial")
if [ "$size" -gt "$max_bytes" ]; then
  echo "The encode is $size bytes, more than $max_bytes. Ask for fewer seconds." >&2
  exit 1
fi
mv "$partial" "$output"

if [ -n "$labels" ] && [ -f "$labels" ]; then
  python3 - "$labels" "$seconds" "$(dirname "$output")/labels.json" <<'PY'
import json, sys
labels, seconds, out = json.load(open(sys.argv[1])), float(sys.argv[2]), sys.argv[3]
events = [event for event in labels["events"] if 0 <= event["t"] < seconds]
with open(out, "w") as f:
    json.dump({"game": labels["game"], "player": labels["pov"], "seconds": seconds, "accuracySeconds": 1.5, "events": events}, f, indent=2)
    f.write("\n")
PY
fi
echo "$output: $size bytes, $seconds s"
