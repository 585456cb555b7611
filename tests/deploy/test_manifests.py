"""The compose file and the Kubernetes manifests fit their schemas, each other, and the service."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml

from service.http import create_app
from service.settings import PROJECT_ROOT, Settings
from tests.fakes import FakeAttributor

DEPLOY = PROJECT_ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
KUSTOMIZATION = KUBERNETES / "kustomization.yaml"
MANIFESTS = sorted(set(KUBERNETES.glob("*.yaml")) - {KUSTOMIZATION})
LABELS = {"app.kubernetes.io/name": "quote-attribution"}


def manifest(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def by_kind() -> dict[str, dict[str, Any]]:
    return {content["kind"]: content for content in map(manifest, MANIFESTS)}


@pytest.fixture(scope="module")
def container(by_kind: dict[str, dict[str, Any]]) -> dict[str, Any]:
    (only,) = by_kind["Deployment"]["spec"]["template"]["spec"]["containers"]
    content: dict[str, Any] = only
    return content


@pytest.mark.parametrize("version", ["1.30", kubernetes_validate.latest_version()])
@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_a_manifest_fits_its_schema(path: Path, version: str) -> None:
    content = manifest(path)
    if content["apiVersion"].startswith("monitoring.coreos.com/"):
        pytest.skip("the Prometheus operator's own kind")
    kubernetes_validate.validate(content, version, strict=True)


def test_every_kind_is_there(by_kind: dict[str, dict[str, Any]]) -> None:
    assert set(by_kind) == {
        "Deployment",
        "Service",
        "HorizontalPodAutoscaler",
        "PodDisruptionBudget",
        "NetworkPolicy",
        "ServiceMonitor",
        "PrometheusRule",
    }
    assert {content["metadata"]["name"] for content in by_kind.values()} == {"quote-attribution"}


def test_the_kustomization_names_every_manifest_and_the_image() -> None:
    content = manifest(KUSTOMIZATION)
    assert sorted(content["resources"]) == [path.name for path in MANIFESTS]
    (dashboard,) = content["configMapGenerator"]
    assert all((KUBERNETES / name).exists() for name in dashboard["files"])
    (image,) = content["images"]
    (container,) = manifest(KUBERNETES / "deployment.yaml")["spec"]["template"]["spec"]["containers"]
    assert container["image"].partition(":")[0] == image["name"]


def test_alerts_and_dashboard_ask_for_figures_that_there_are(by_kind: dict[str, dict[str, Any]]) -> None:
    app = create_app(load=FakeAttributor)
    figures = app.test_client().get("/metrics").get_data(as_text=True)
    declared = {line.split()[2].removesuffix("_total") for line in figures.splitlines() if line.startswith("# TYPE")}
    (group,) = by_kind["PrometheusRule"]["spec"]["groups"]
    asked = [rule["expr"] for rule in group["rules"]]
    dashboard = json.loads((KUBERNETES / "dashboard.json").read_text(encoding="utf-8"))
    asked += [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    names = {name for expression in asked for name in re.findall(r"\b(?:quotes|process)_\w+", expression)}
    assert {re.sub("_(total|bucket|count|sum)$", "", name) for name in names} <= declared
    reasons = {reason for expression in asked for reason in re.findall(r'reason="(\w+)"', expression)}
    assert all(f'reason="{reason}"' in figures for reason in reasons)


def test_the_manifests_mean_the_same_pods(by_kind: dict[str, dict[str, Any]]) -> None:
    assert by_kind["Deployment"]["spec"]["template"]["metadata"]["labels"] == LABELS
    assert by_kind["Deployment"]["spec"]["selector"]["matchLabels"] == LABELS
    assert by_kind["Service"]["spec"]["selector"] == LABELS
    assert by_kind["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == LABELS
    assert by_kind["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"] == LABELS
    assert by_kind["ServiceMonitor"]["spec"]["selector"]["matchLabels"] == by_kind["Service"]["metadata"]["labels"]


def test_they_meet_at_one_port(by_kind: dict[str, dict[str, Any]], container: dict[str, Any]) -> None:
    assert container["ports"] == [{"name": "http", "containerPort": Settings.model_fields["port"].default}]
    (port,) = by_kind["Service"]["spec"]["ports"]
    assert port["targetPort"] == port["name"] == "http"
    (endpoint,) = by_kind["ServiceMonitor"]["spec"]["endpoints"]
    assert endpoint["port"] == "http"


def test_what_they_ask_of_the_service_it_has(by_kind: dict[str, dict[str, Any]], container: dict[str, Any]) -> None:
    routes = {rule.rule for rule in create_app(load=FakeAttributor).url_map.iter_rules()}
    probed = {container[probe]["httpGet"]["path"] for probe in ("startupProbe", "readinessProbe", "livenessProbe")}
    (endpoint,) = by_kind["ServiceMonitor"]["spec"]["endpoints"]
    assert {*probed, endpoint["path"]} <= routes
    assert {variable["name"].lower() for variable in container["env"]} <= set(Settings.model_fields)


def test_work_in_flight_has_its_time_to_finish(by_kind: dict[str, dict[str, Any]], container: dict[str, Any]) -> None:
    grace = Settings.model_fields["grace_seconds"].default
    before = container["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert by_kind["Deployment"]["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] > before + grace
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    assert int(compose["services"]["service"]["stop_grace_period"].removesuffix("s")) > grace


def test_the_compose_file_fits_its_schema() -> None:
    schema = files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    content = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    jsonschema.validate(content, json.loads(schema.read_text(encoding="utf-8")))
    for name in content["services"]["service"]["environment"]:
        assert name.lower() in Settings.model_fields
