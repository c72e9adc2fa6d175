#!/bin/sh
# Makes a certificate authority for a closed network, and a server certificate for each name given.
# What is there already stays.
#
#   certificates.sh FOLDER NAME...
set -eu
folder=$1
shift
mkdir -p "$folder"
cd "$folder"

if [ ! -f ca.crt ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 825 \
    -subj "/CN=Coop closed network" -keyout ca.key -out ca.new \
    -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,cRLSign"
  mv ca.new ca.crt
fi

for name in "$@"; do
  [ -f "$name.crt" ] && continue
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$name" \
    -keyout "$name.key" -out "$name.csr"
  printf 'subjectAltName=DNS:%s\nextendedKeyUsage=serverAuth\n' "$name" > "$name.ext"
  openssl x509 -req -in "$name.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 825 \
    -extfile "$name.ext" -out "$name.new"
  mv "$name.new" "$name.crt"
  rm "$name.csr" "$name.ext"
done

# The nodes are not root, and read the authority's certificate; its key stays with whoever made it.
chmod 755 .
chmod 644 ./*.crt
