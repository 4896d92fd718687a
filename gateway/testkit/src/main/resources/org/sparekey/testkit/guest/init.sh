#!/bin/busybox sh
# SPDX-License-Identifier: EUPL-1.2
# A beat is printed only after it was written and synchronised: every printed beat is an acknowledged write.
bb=/bin/busybox
$bb mount -t proc proc /proc
$bb mount -t sysfs sys /sys
$bb mount -t devtmpfs dev /dev
for m in virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_blk \
  failover net_failover virtio_net; do
  $bb insmod /modules/$m.ko
done
exec > /dev/ttyS0 2>&1
$bb mount -t ext4 /dev/vda /mnt || { echo "NO DISK"; $bb poweroff -f; }
echo "READY"
for nic in eth0 eth1; do
  $bb ip link set $nic up
done
# Rewrites a file all the time, so that a capture has to keep old blocks.
( while true; do
    $bb dd if=/dev/urandom of=/mnt/churn bs=65536 count=16 conv=fsync,notrunc 2> /dev/null
    $bb sleep 1
  done ) &
n=0
while true; do
  n=$((n + 1))
  read -r up rest < /proc/uptime
  echo "$n $up" >> /mnt/beats
  $bb sync /mnt/beats || { echo "NO SYNC"; $bb poweroff -f; }
  echo "HB $n $up"
  read -r first < /sys/class/net/eth0/carrier
  read -r second < /sys/class/net/eth1/carrier
  [ "$carriers" = "$first$second" ] || { carriers="$first$second"; echo "CARRIERS $carriers"; }
  $bb usleep 100000
done
