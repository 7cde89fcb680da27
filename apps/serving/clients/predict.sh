#!/bin/sh
# Asks TensorFlow Serving, or `keras-s2s serve`, over REST with curl alone.
#
#   predict.sh status                       is the model there?
#   predict.sh predict "march 3rd, 1999"    translations and scores
#   predict.sh explain "march 3rd, 1999"    the same with tokens, log-probabilities and attention
#   predict.sh nbest "march 3rd, 1999"      the five best translations
#
# Without TEXT each line of standard input is one. A request has 64 texts at most; the server's JSON, a document for
# each request, goes to standard output, errors to standard error. Exit status: 1 where the server refuses or does not
# answer, 2 for wrong arguments. The environment says where:
# SERVER (http://127.0.0.1:8501), MODEL (dates), BEAM_SIZE (5), TIMEOUT in seconds (10).
set -eu

model=${SERVER:-http://127.0.0.1:8501}/v1/models/${MODEL:-dates}
what=${1-}
[ $# -eq 0 ] || shift

ask() {
  # The status comes behind the body, on a line of its own.
  answer=$(curl --silent --show-error --max-time "${TIMEOUT:-10}" --write-out '\n%{http_code}' "$@") || exit 1
  status=${answer##*
}
  body=${answer%
*}
  if [ "$status" != 200 ]; then
    printf 'predict.sh: the server answered %s: %s\n' "$status" "$body" >&2
    exit 1
  fi
  printf '%s\n' "$body"
}

# requests SIGNATURE BEFORE AFTER [TEXT...]: a line of JSON for each request, in it the texts, or the lines of standard
# input, each in its row.
requests() {
  signature=$1 before=$2 after=$3
  shift 3
  LC_ALL=C awk -v signature="$signature" -v before="$before" -v after="$after" -v most=64 '
    function json(text,    written, place, sign) {
      for (place = 1; place <= length(text); place++) {
        sign = substr(text, place, 1)
        written = written (sign in code ? code[sign] : sign)
      }
      return "\"" written "\""
    }
    function row(text) {
      if (rows == 0) printf "{\"signature_name\": \"%s\", \"instances\": [", signature
      printf "%s%s%s%s", (rows ? ", " : ""), before, json(text), after
      if (++rows == most) finish()
    }
    function finish() { if (rows) print "]}"; rows = 0 }
    BEGIN {
      for (place = 1; place < 32; place++) code[sprintf("%c", place)] = sprintf("\\u%04x", place)
      code["\\"] = "\\\\"; code["\""] = "\\\""
      for (place = 1; place < ARGC; place++) row(ARGV[place])
      if (ARGC > 1) exit
    }
    { sub(/\r$/, ""); row($0) }
    END { finish() }' "$@"
}

# predict SIGNATURE BEFORE AFTER [TEXT...]
predict() {
  requests "$@" | while IFS= read -r request; do
    printf '%s' "$request" | ask --data-binary @- "$model:predict"
  done
}

case $what in
  status) ask "$model" ;;
  predict) predict serving_default '{"text": ' '}' "$@" ;;
  explain) predict explain '{"text": ' '}' "$@" ;;
  nbest) predict nbest '{"text": ' ", \"beam_size\": ${BEAM_SIZE:-5}}" "$@" ;;
  *)
    echo "usage: predict.sh status | predict [TEXT...] | explain [TEXT...] | nbest [TEXT...]" >&2
    exit 2
    ;;
esac
