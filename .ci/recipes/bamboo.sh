# Collect: results of the plan, and of the environments that its deployment project has.
get() { curl -fsS -H "Authorization: Bearer $BAMBOO_TOKEN" "$BAMBOO_URL/rest/api/latest/$1" -o "content/runs/$2.json"; }
get "result/SHOP-MAIN.json?expand=results.result&max-results=100" results
get "deploy/environment/131073/results.json?max-results=100" production
tidemark build
