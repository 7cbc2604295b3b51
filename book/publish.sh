#!/bin/sh
# Bring a published folder to where it is served:  publish.sh FOLDER TARGET
# TARGET is a folder of this machine, or HOST:FOLDER for rsync over ssh.  What a former edition left there goes.
set -eu
from=$1
to=$2
mark=.coding-back-pain

stop() {
  echo "$1" >&2
  exit 1
}

refuse() {
  stop "$to holds files that are not a published course. Choose an empty folder."
}

# A host is what stands before a colon, unless a slash comes first: so rsync has it.
case ${to%%/*} in
*:*)
  command -v rsync >/dev/null || stop "rsync is needed to publish to another host."
  ended=0
  there=$(rsync --list-only "$to/" 2>/dev/null) || ended=$?
  # 23: no such folder yet. Any other failure leaves open what is there, and --delete must not find out.
  [ $ended = 0 ] || [ $ended = 23 ] ||
    stop "Nothing was published: $to cannot be read. Try: rsync --list-only '$to/'"
  there=$(printf '%s\n' "$there" | awk 'NF && $NF != "." {print $NF}')
  [ -z "$there" ] || printf '%s\n' "$there" | grep -qx "$mark" || refuse
  rsync -rtz --delete-delay --delay-updates "$from/" "$to/"
  ;;
*)
  if [ -d "$to" ]; then
    to=$(CDPATH='' cd -- "$to" && pwd -P) # a link stays one, and no slash ends the name
  else
    to=$(dirname -- "$to")/$(basename -- "$to")
  fi
  [ ! -e "$to" ] || [ -e "$to/$mark" ] || { there=$(ls -A "$to") && [ -z "$there" ]; } || refuse
  # Beside the target first, then in its place: readers never meet half an edition.
  new=$to.new.$$
  old=$to.old.$$
  trap 'rm -rf "$new"' EXIT
  mkdir -p "$new"
  cp -R "$from/." "$new"
  [ ! -e "$to" ] || mv "$to" "$old"
  mv "$new" "$to"
  rm -rf "$old"
  ;;
esac
echo "Published to $to"
