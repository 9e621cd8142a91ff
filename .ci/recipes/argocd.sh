# Collect: every application with its history, as JSON of the command line or as YAML of the cluster; the newest state of each wins.
argocd app list -o json > content/runs/applications.json
kubectl get applications.argoproj.io --all-namespaces -o yaml > content/runs/applications.yml
tidemark build
rsync -a --delete public/ "$STATUS_HOST:/var/www/status/"
