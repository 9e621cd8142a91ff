# Collect: what receives the events writes each one as a line; bare or in its CloudEvents envelope.
kcat -C -b "$BROKER" -t cdevents -e -q > content/runs/events.jsonl
tidemark build
