#!/usr/bin/env bash
# Renders the drawings to the files that the bundles and the tray want. Needs rsvg-convert
# (librsvg2-bin), convert (imagemagick) and png2icns (icnsutils). Run after changing a drawing.
set -euo pipefail
cd "$(dirname "$0")"
render() { rsvg-convert --width "$3" --height "$3" "drawings/$1.svg" --output "$2"; }
for state in watching new needs-you waiting paused copied; do
  for panel in panel template; do
    mkdir -p "tray/$panel"
    rsvg-convert --stylesheet "drawings/$panel.css" --width 64 --height 64 \
      "drawings/tray-$state.svg" --output "tray/$panel/$state.png"
  done
done
for size in 16 24 32 48 64 128 256 512; do
  render app "${size}x$size.png" "$size"
done
render app icon.png 512
sizes=$(mktemp -d)
trap 'rm -rf "$sizes"' EXIT
for size in 16 24 32 48 64 128 256 512 1024; do
  render app "$sizes/$size.png" "$size"
done
convert "$sizes"/{16,24,32,48,64,256}.png icon.ico
png2icns icon.icns "$sizes"/{16,32,48,128,256,512,1024}.png >/dev/null
