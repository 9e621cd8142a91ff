printf '{"id":"%s","service":"checkout","version":"%s","state":"succeeded","finishedAt":"%s","deployments":[{"environment":"production"}]}\n' \
  "$BUILD_NUMBER" "$VERSION" "$(date -u +%FT%TZ)" >> content/runs/checkout.jsonl
tidemark build
