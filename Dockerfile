# The same steps as `make install`, for a server. Dependencies only in the image's Python: our own five packages stay in
# /app on PYTHONPATH, so that no dependency's `models/` can shadow ours.
FROM node:20-bookworm-slim AS assets
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --silent

FROM python:3.11-slim-bookworm AS dependencies
COPY requirements/tools.txt requirements/run.txt /requirements/
RUN python -m venv /venv \
 && /venv/bin/python -m pip install --quiet --require-hashes -r /requirements/tools.txt \
 && /venv/bin/uv pip install --quiet --python /venv/bin/python --require-hashes -r /requirements/run.txt

FROM python:3.11-slim-bookworm
ENV PYTHONPATH=/app PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 MLFLOW_DISABLE_TELEMETRY=true
RUN useradd --create-home --uid 1000 schijnwerper
WORKDIR /app
COPY --from=dependencies /venv /venv
COPY features features
COPY models models
COPY synthetic synthetic
COPY pipelines pipelines
COPY service service
COPY --from=assets /app/node_modules node_modules
RUN python -m service.assets && rm -r node_modules
USER schijnwerper
ENTRYPOINT ["python", "-m", "pipelines"]
CMD ["--help"]
