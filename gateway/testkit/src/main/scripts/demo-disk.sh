#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Builds demo-disk.ext4.zst: a 64 MiB ext4 with the plainly invented files of a small web shop. Needs e2fsprogs and zstd.
# Fixed UUID, hash seed and times, so that the same tools give the same bytes.
set -eu
out=${1:-gateway/testkit/src/main/resources/org/sparekey/testkit/guest/demo-disk.ext4.zst}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/root/etc" "$work/root/srv/shop/orders" "$work/root/var/log/shop" "$work/root/home/owner"
echo "shop" > "$work/root/etc/hostname"
echo "127.0.0.1 localhost shop" > "$work/root/etc/hosts"
echo "Tulips by post. An invented shop: nothing here is real." > "$work/root/srv/shop/index.txt"
i=1
while [ $i -le 200 ]; do
  echo "order $i: $((i % 7 + 1)) bunches of tulips for customer C-$((i * 37 % 1000))" > "$work/root/srv/shop/orders/$i.txt"
  i=$((i + 1))
done
i=0
while [ $i -lt 20000 ]; do
  echo "2026-10-$((i / 700 + 1)) request $i GET /tulips/$((i * 7919 % 997)) 200"
  i=$((i + 1))
done > "$work/root/var/log/shop/access.log"
echo "remember to water the tulips" > "$work/root/home/owner/notes.txt"
find "$work/root" -exec touch -h -d '2026-10-01T00:00:00Z' {} +
export E2FSPROGS_FAKE_TIME=1790812800
mke2fs -q -t ext4 -L shop -U 5aa2e000-0000-4000-8000-000000000001 -E hash_seed=5aa2e000-0000-4000-8000-000000000002,root_owner=0:0 \
  -d "$work/root" "$work/disk.ext4" 64M
zstd -q -19 -f "$work/disk.ext4" -o "$out"
ls -l "$out"
