# One image for workers and gateways; the command says which. No embedded server in it (156 MB).
FROM python:3.13-slim-bookworm AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements/serve.txt requirements/serve.txt
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements/serve.txt
COPY pyproject.toml README.md ./
COPY imaging imaging
COPY studio studio
COPY providers providers
COPY workflows workflows
COPY activities activities
COPY gateway gateway
COPY sandbox sandbox
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends bubblewrap ffmpeg tini \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home --home-dir /home/shoot shoot \
 && install -d -o shoot -g shoot /var/lib/shoot
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    SHOOT_HOME=/var/lib/shoot
USER shoot
WORKDIR /var/lib/shoot
VOLUME /var/lib/shoot
EXPOSE 3002
ENTRYPOINT ["tini", "--", "shoot"]
CMD ["gateway"]
