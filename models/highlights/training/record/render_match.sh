#!/usr/bin/env bash
# Renders a demo of OpenArena frame by frame, whatever the machine's speed, and encodes it as a recorder would.
# Needs Debian's openarena, xvfb, xauth and ffmpeg.
# usage: render_match.sh DEMO OUT.mp4 WIDTH HEIGHT FPS SECONDS [GOP] [CRF]
set -euo pipefail
demo=$(realpath "$1") out=$2 width=$3 height=$4 fps=$5 seconds=$6 gop=${7:-120} crf=${8:-24}
name=$(basename "$demo" .dm_71)
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -p "$home/baseoa/demos"
cp "$demo" "$home/baseoa/demos/"
# `wait` counts twice a frame while a video is written.
printf 'wait 10\nvideo %s\nwait %d\nstopvideo\nquit\n' "$name" $((2 * fps * seconds)) >"$home/baseoa/play.cfg"
HOME=$home SDL_AUDIODRIVER=dummy LIBGL_ALWAYS_SOFTWARE=1 xvfb-run -a -s "-screen 0 ${width}x${height}x24" \
  /usr/lib/ioquake3/ioquake3 \
  +set com_basegame baseoa +set fs_basepath /usr/lib/openarena +set fs_homepath "$home" +set com_homepath "$home" \
  +set com_legacyprotocol 71 +set com_protocol 71 +set cl_renderer opengl1 +set ttycon 0 +set s_useOpenAL 0 \
  +set s_khz 44 +set s_sdlSpeed 44100 +set r_mode -1 +set r_fullscreen 0 +set r_customwidth "$width" \
  +set r_customheight "$height" +set cl_aviFrameRate "$fps" +set cl_aviMotionJpeg 1 +set r_aviMotionJpegQuality 90 \
  +set sv_pure 0 +set com_hunkmegs 512 +set nextdemo quit +set activeAction "exec play.cfg" +demo "$name" \
  >"$out.log" 2>&1
ffmpeg -v error -y -i "$home"/baseoa/videos/"$name"*.avi -c:v libx264 -preset veryfast -crf "$crf" -g "$gop" \
  -keyint_min 25 -pix_fmt yuv420p -c:a aac -b:a 128k "$out.partial.mp4"
mv "$out.partial.mp4" "$out"
