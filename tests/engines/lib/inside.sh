#!/usr/bin/env bash
# Runs inside the daemon's new mount and network namespace, and becomes it.
# inside.sh ROOT RUN: ROOT is the Debian tree, RUN the folder for the socket.
set -euo pipefail
root=$1 run=$2

mount --make-rprivate /
mount --bind "$root" "$root" # runc refuses a root that is no mount point
ip link set lo up
for folder in proc sys dev; do
    mount --rbind "/$folder" "$root/$folder"
done
mount -t sysfs sysfs "$root/sys" # the fresh one shows this network namespace
mount --rbind /sys/fs/cgroup "$root/sys/fs/cgroup"
mount -t tmpfs tmpfs "$root/run"
mkdir "$root/run/engine"
mount --bind "$run" "$root/run/engine"

readlink "/proc/$$/ns/mnt" >"$run/mnt"
stat=$(cat "/proc/$$/stat")
# shellcheck disable=SC2086 # the fields after the command's name
set -- ${stat##*) }
echo "$$ ${20}" >"$run/pid.part"
mv "$run/pid.part" "$run/pid"

cd /
exec chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    dockerd -H unix:///run/engine/docker.sock --group root \
    --data-root /var/lib/docker --exec-root /run/docker \
    --pidfile /run/docker.pid --shutdown-timeout 3
