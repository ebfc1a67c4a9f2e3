#!/bin/sh
# ProFTPD and Pure-FTPd for the live tests. Debian lets only one FTP server be installed, and that is vsftpd; these two are downloaded with what
# they stand on and unpacked, not installed. Needs apt-get update first.
set -eu
into=$(cd "$(dirname "$0")/../.." && pwd)/node_modules/.cache/ftp-servers
[ -x "$into/usr/sbin/proftpd" ] && [ -x "$into/usr/sbin/pure-ftpd" ] && exit 0
packages=$(mktemp -d)
trap 'rm -rf "$packages"' EXIT
cd "$packages"
libraries=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances proftpd-core pure-ftpd | grep '^lib' | sort -u)
for name in proftpd-core proftpd-mod-crypto pure-ftpd pure-ftpd-common $libraries; do
  dpkg-query -W -f='${db:Status-Abbrev}' "$name" 2>/dev/null | grep -q '^ii' && continue # is here already
  apt-get download -qq "$name" 2>/dev/null || true # a name that only others provide
done
mkdir -p "$into"
for package in *.deb; do dpkg -x "$package" "$into"; done
test -x "$into/usr/sbin/proftpd"
test -x "$into/usr/sbin/pure-ftpd"
