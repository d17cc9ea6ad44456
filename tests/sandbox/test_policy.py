"""The table: who may have which secrets and hosts."""

import pytest

from sandbox.errors import PolicyViolation
from sandbox.policy import FAL, KLING, SCRIPTS, SECRET_NAMES, Route, ScriptPolicy, policy_for
from sandbox.targets import allowed_targets, host_of

KEYS = dict.fromkeys(SECRET_NAMES, "x")


@pytest.mark.parametrize("name", [name for name in SCRIPTS if not name.startswith("generate_")])
def test_local_scripts_have_nothing(name: str) -> None:
    """No local script has a network or a secret."""
    assert SCRIPTS[name].routes == ()
    assert SCRIPTS[name].route(None, KEYS) is None


def test_images_go_to_fal_only() -> None:
    """generate_image has FAL_KEY and fal's hosts."""
    assert SCRIPTS["generate_image"].route(None, KEYS) == FAL
    assert FAL.secrets == {"FAL_KEY"}
    assert not any("klingai" in host for host in FAL.hosts)


@pytest.mark.parametrize(
    ("route", "host"),
    [
        (FAL, "v3.fal.media"),
        (FAL, "v3b.fal.media"),
        (FAL, "fal.media"),
        (FAL, "v2.fal.media"),
        (KLING, "v15-kling.klingai.com"),
        (KLING, "v1-fdl.kechuangai.com"),
    ],
)
def test_results_are_in_reach(route: Route, host: str) -> None:
    """Providers number the hosts of their results anew now and then."""
    assert host_of(f"{host}:443".encode(), allowed_targets(route.hosts)) == host


def test_video_takes_kling_or_fal_and_never_both() -> None:
    """generate_video has the keys of one route."""
    policy = SCRIPTS["generate_video"]

    assert policy.route(None, KEYS) == KLING
    assert policy.route("fal", KEYS) == FAL
    assert policy.route(None, {"FAL_KEY": "x"}) == FAL
    assert KLING.secrets & FAL.secrets == frozenset()


def test_missing_secret_is_named() -> None:
    """What has to be set is in the message, for every way that would do."""
    with pytest.raises(PolicyViolation, match="KLING_ACCESS_KEY and KLING_SECRET_KEY or FAL_KEY"):
        SCRIPTS["generate_video"].route(None, {"KLING_ACCESS_KEY": "x"})


def test_unknown_route_is_refused() -> None:
    """A route has to be one of the script's own."""
    with pytest.raises(PolicyViolation, match="no route 'elsewhere'; it has kling, fal"):
        SCRIPTS["generate_video"].route("elsewhere", KEYS)
    with pytest.raises(PolicyViolation, match="no network"):
        SCRIPTS["crop_frames"].route("fal", KEYS)


def test_unknown_script_is_refused() -> None:
    """Only what is in a table runs."""
    with pytest.raises(PolicyViolation, match="There is no script 'rm'"):
        policy_for("rm", {})


def test_table_cannot_be_replaced() -> None:
    """A registered program does not take an entry's place."""
    own = ScriptPolicy("elsewhere")

    assert policy_for("crop_frames", {"crop_frames": own}) == SCRIPTS["crop_frames"]
    assert policy_for("own", {"own": own}) == own


def test_no_script_has_the_directors_key() -> None:
    """ANTHROPIC_API_KEY is the worker's alone."""
    routes = [route for policy in SCRIPTS.values() for route in policy.routes]

    assert all("ANTHROPIC_API_KEY" not in route.secrets for route in routes)
