{{/* Names are fixed, not the release's: sidecars, certificates and webhooks know them, and a cluster has one Tollgate. */}}

{{- define "tollgate.labels" -}}
{{ include "tollgate.selector" . }}
app.kubernetes.io/part-of: tollgate
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "tollgate.selector" -}}
app.kubernetes.io/name: tollgate
app.kubernetes.io/component: operator
{{- end }}

{{- define "tollgate.console.labels" -}}
{{ include "tollgate.console.selector" . }}
app.kubernetes.io/part-of: tollgate
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "tollgate.console.selector" -}}
app.kubernetes.io/name: tollgate
app.kubernetes.io/component: console
{{- end }}

{{- define "tollgate.postgres.labels" -}}
app.kubernetes.io/name: tollgate
app.kubernetes.io/component: postgres
app.kubernetes.io/part-of: tollgate
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* The reference of an image: (dict "root" $ "image" .Values.image.operator) */}}
{{- define "tollgate.image" -}}
{{- $image := .root.Values.image -}}
{{- $registry := required "image.registry: say where you pushed the two images, for example --set image.registry=registry.example.com/platform (docs/install.md)" $image.registry -}}
{{- if .image.digest -}}
{{ printf "%s/%s@%s" (trimSuffix "/" $registry) .image.name .image.digest }}
{{- else -}}
{{ printf "%s/%s:%s" (trimSuffix "/" $registry) .image.name ($image.tag | default .root.Chart.AppVersion) }}
{{- end -}}
{{- end }}

{{/* The Secret with the certificates of push and webhook; empty where the operator makes its own. */}}
{{- define "tollgate.tlsSecret" -}}
{{- if .Values.certificates.certManager.enabled -}}
tollgate-cert
{{- else -}}
{{ .Values.certificates.existingSecret }}
{{- end -}}
{{- end }}

{{/* The Secret with the database's URLs; empty where there is no database yet. */}}
{{- define "tollgate.databaseSecret" -}}
{{- if .Values.database.existingSecret -}}
{{ .Values.database.existingSecret }}
{{- else if or .Values.database.url .Values.postgres.enabled -}}
tollgate-database
{{- end -}}
{{- end }}

{{- define "tollgate.postgres.password" -}}
{{ required "postgres.password: give the trial Postgres one, for example --set postgres.password=$(openssl rand -hex 16), and keep it for upgrades" .Values.postgres.password }}
{{- end }}

{{/* From the one password, so that rendering twice is equal and nothing random is in a template. One way: sidecars learn this one only. */}}
{{- define "tollgate.postgres.sidecarPassword" -}}
{{ printf "tollgate_sidecar:%s" (include "tollgate.postgres.password" .) | sha256sum | trunc 32 }}
{{- end }}

{{- define "tollgate.postgres.consolePassword" -}}
{{ printf "tollgate_console:%s" (include "tollgate.postgres.password" .) | sha256sum | trunc 32 }}
{{- end }}

{{/* Namespaces that Tollgate is asked into; never the cluster's own and ours, whatever their labels. */}}
{{- define "tollgate.namespaceSelector" -}}
matchExpressions:
  - {key: tollgate.dev/inject, operator: In, values: {{ .labels | toJson }}}
  - {key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system, kube-public, kube-node-lease, {{ .root.Release.Namespace | quote }}]}
{{- with .root.Values.webhook.namespaceSelector }}
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The operator's --config. */}}
{{- define "tollgate.config" -}}
sidecar:
  enabled: {{ .Values.sidecar.enabled }}
  captureDefault: {{ .Values.sidecar.capture }}
  spoolSizeLimit: {{ .Values.sidecar.spoolSizeLimit }}
  resources:
    {{- toYaml .Values.sidecar.resources | nindent 4 }}
{{- with .Values.sidecar.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.providers }}
providers:
  {{- toYaml . | nindent 2 }}
{{- end }}
attribution:
  {{- toYaml .Values.attribution | nindent 2 }}
retention:
  usageDays: {{ .Values.database.retentionDays }}
ledger:
  via: {{ .Values.ledger.via }}
injection:
  via: {{ .Values.injection.via }}
{{- with .Values.alerts.allow }}
alerts:
  allow:
    {{- toYaml . | nindent 4 }}
{{- end }}
{{- end }}
