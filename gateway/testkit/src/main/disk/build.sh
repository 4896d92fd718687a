#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Builds the three demo disks (ext4, 64 MiB, compressed to a few kilobytes) that are committed beside the code, so that
# the demo also runs where mke2fs is not installed. Run twice, it writes the same bytes (e2fsprogs 1.47, zstd 1.5).
# Everything on them is invented: names, orders, addresses from RFC 5737 and RFC 2606.
set -eu
out=${1:?usage: build.sh DIRECTORY}
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
day=20260101000000
export TZ=UTC LC_ALL=C E2FSPROGS_FAKE_TIME=1767225600

lines() { # lines COUNT FORMAT
  i=1
  while [ "$i" -le "$1" ]; do
    # shellcheck disable=SC2059
    printf "$2\n" "$i" $((i * 7919 % 251))
    i=$((i + 1))
  done
}

shop() {
  mkdir -p "$1/srv/www" "$1/srv/orders" "$1/var/log" "$1/etc"
  echo 'invented-bell-shop' > "$1/etc/hostname"
  cat > "$1/srv/www/index.html" << 'HTML'
<!doctype html><html lang="en"><meta charset="utf-8"><title>The Invented Bell Shop</title>
<h1>The Invented Bell Shop</h1><p>Bicycle bells that do not exist, for cyclists who do not exist.</p></html>
HTML
  { echo 'order,customer,item,cents'; lines 400 'inv-%04d,customer-%03d@example.invalid,invented bicycle bell,1295'; } > "$1/srv/orders/orders.csv"
  lines 2000 '192.0.2.%d - - [01/Jan/2026:12:00:00 +0000] "GET /bell/%d HTTP/1.1" 200 512' | awk '{sub(/^192\.0\.2\.[0-9]+/, "192.0.2." ($0 ~ /./ ? NR % 254 + 1 : 1)); print}' > "$1/var/log/access.log"
}

mail() {
  mkdir -p "$1/srv/mail/list" "$1/etc"
  echo 'invented-choir-mail' > "$1/etc/hostname"
  for n in 1 2 3 4 5; do
    printf 'From: choir@example.invalid\nTo: list@example.invalid\nSubject: Rehearsal %s\n\nWe sing on Tuesday. All of this is invented.\n' "$n" > "$1/srv/mail/list/$n.eml"
  done
}

forum() {
  mkdir -p "$1/srv/forum" "$1/etc"
  echo 'invented-garden-forum' > "$1/etc/hostname"
  lines 300 'post %d by gardener-%03d: the invented tomatoes are doing well' > "$1/srv/forum/posts.txt"
}

build() { # build NAME UUID
  mkdir "$work/$1"
  "$1" "$work/$1"
  find "$work/$1" -exec touch -h -d '2026-01-01 00:00:00 UTC' {} +
  rm -f "$work/$1.raw"
  mke2fs -q -t ext4 -U "$2" -L "$1" -E "hash_seed=$2,root_owner=0:0" -d "$work/$1" "$work/$1.raw" 65536k > /dev/null
  # mke2fs copies the change time, which cannot be set on a file: set it in the image.
  (cd "$work/$1" && find . -mindepth 1 | sort) | while read -r path; do
    for field in ctime atime mtime crtime; do
      echo "set_inode_field \"/${path#./}\" $field $day"
    done
    for field in ctime_extra atime_extra mtime_extra crtime_extra; do
      echo "set_inode_field \"/${path#./}\" $field 0"
    done
  done > "$work/$1.debugfs"
  debugfs -w -f "$work/$1.debugfs" "$work/$1.raw" > /dev/null 2>&1
  e2fsck -fn "$work/$1.raw" > /dev/null 2>&1
  zstd -q -19 -f --no-progress "$work/$1.raw" -o "$out/$1.ext4.zst"
}

build shop 5ba4e4e7-0000-4000-8000-000000000101
build mail 5ba4e4e7-0000-4000-8000-000000000102
build forum 5ba4e4e7-0000-4000-8000-000000000103
