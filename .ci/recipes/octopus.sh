# Collect: deployments, the tasks that tell how they ended, and what names them.
get() { curl -fsS -H "X-Octopus-ApiKey: $OCTOPUS_KEY" "$OCTOPUS_URL/api/Spaces-1/$1" -o "content/runs/$2.json"; }
get "deployments?take=100" deployments
get "tasks?name=Deploy&take=100" tasks
get "releases?take=100" releases
get environments/all environments
get projects/all projects
tidemark build
