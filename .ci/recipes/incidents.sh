curl -fsS -H "Authorization: Token token=$PAGERDUTY_TOKEN" -o content/runs/pagerduty.json "https://api.pagerduty.com/incidents?limit=100&date_range=all"
curl -fsS -H "Authorization: GenieKey $OPSGENIE_KEY" -o content/runs/opsgenie.json "https://api.opsgenie.com/v1/incidents?query=&limit=100"
curl -fsS -H "Authorization: OAuth $STATUSPAGE_KEY" -o content/runs/statuspage.json "https://api.statuspage.io/v1/pages/$PAGE/incidents?limit=100"
