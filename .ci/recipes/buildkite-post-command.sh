if [ -n "${TIDEMARK_ENVIRONMENT:-}" ]; then
  tidemark record --environment "$TIDEMARK_ENVIRONMENT"
fi
