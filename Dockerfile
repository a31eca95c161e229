# The two images, for a registry of your own:
#
#   docker build --target operator -t REGISTRY/tollgate:TAG .
#   docker build --target sidecar -t REGISTRY/tollgate-sidecar:TAG .
#
# Both come from the same build. distroless/cc is glibc, libgcc and nothing that could be run: no shell, no package manager.
FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --release --locked -p tollgate-operator -p tollgate-sidecar

FROM gcr.io/distroless/cc-debian12:nonroot AS operator
COPY --from=build /src/target/release/tollgate /tollgate
ENTRYPOINT ["/tollgate"]
CMD ["operator"]

FROM gcr.io/distroless/cc-debian12:nonroot AS sidecar
COPY --from=build /src/target/release/tollgate-sidecar /tollgate-sidecar
ENTRYPOINT ["/tollgate-sidecar"]
CMD ["run"]
